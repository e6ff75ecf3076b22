/* svg - writes the parts of a chart as SVG: lines, bars, dots, labels. Escapes texts. Colours and fonts come from
 * classes, which the style sheet of the page, or of the picture, defines. */
#ifndef SVG_H
#define SVG_H

#include <stdbool.h>
#include <stdio.h>

/* Heights and y are in pixels. Widths and x are in pixels, too, or in per cent of the picture's width, so that one
 * picture fits a phone, a monitor and paper. */
struct svg {
	FILE *out;
	bool percent;
};

/* Begins a picture within a page. width 0: as wide as the page allows. about: a description for screen readers. */
void svg_begin(const struct svg *, long width, long height, const char *about);
/* Begins a picture in a file of its own. style: its style sheet. */
void svg_begin_file(const struct svg *, long width, long height, const char *title, const char *style);
void svg_end(const struct svg *);

enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };

/* Texts may be NULL, and so may classes. */
struct svg_label {
	const char *class;
	double x;
	int dx;			/* pixels beside x */
	long y;			/* of the base line */
	enum svg_anchor anchor;
};
void svg_label(const struct svg *, const struct svg_label *, const char *text);

struct svg_bar {
	const char *class;
	double x, width;
	long y, height;
	int round;		/* radius of its corners */
	const char *title;	/* shown under the pointer */
};
void svg_bar(const struct svg *, const struct svg_bar *);

/* A dot may link to a place in the page. */
struct svg_dot {
	const char *class;
	double x;
	long y;
	const char *title, *href;
};
void svg_dot(const struct svg *, const struct svg_dot *);

/* Draws a vertical line, and a label beside it at the label's y and dx; text NULL: no label. */
void svg_mark(const struct svg *, const char *class, double x, long from, long to, struct svg_label, const char *text);
/* Draws a horizontal line. */
void svg_level(const struct svg *, const char *class, double from, double to, long y);

/* Draws a line through count points, in pixels. */
struct svg_point {
	long x, y;
};
void svg_curve(const struct svg *, const char *class, const struct svg_point *, size_t count);

#endif
