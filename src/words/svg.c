#include "svg.h"

#include <string.h>

#include "markup.h"

#define DOT_RADIUS 5

static void
put_text(const struct svg *s, const char *text)
{
	markup_text(text, strlen(text), s->out);
}

static void
put_element(const struct svg *s, const char *name, const char *class)
{
	fprintf(s->out, class ? "<%s class=\"%s\"" : "<%s", name, class);
}

static void
put_x(const struct svg *s, const char *name, double place)
{
	fprintf(s->out, s->percent ? " %s=\"%.3f%%\"" : " %s=\"%.0f\"", name, place);
}

static void
put_title(const struct svg *s, const char *title)
{
	fputs("<title>", s->out);
	put_text(s, title);
	fputs("</title>", s->out);
}

void
svg_begin(const struct svg *s, long width, long height, const char *about)
{
	fputs("<svg role=\"img\" aria-label=\"", s->out);
	put_text(s, about);
	fputc('"', s->out);
	if (width)
		fprintf(s->out, " width=\"%ld\"", width);
	fprintf(s->out, " height=\"%ld\">\n", height);
}

void
svg_begin_file(const struct svg *s, long width, long height, const char *title, const char *style)
{
	fprintf(s->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %ld %ld\">\n", width, height);
	put_title(s, title);
	fprintf(s->out, "\n<style>\n%s</style>\n", style);
}

void
svg_end(const struct svg *s)
{
	fputs("</svg>\n", s->out);
}

void
svg_label(const struct svg *s, const struct svg_label *l, const char *text)
{
	static const char *const anchors[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};

	put_element(s, "text", l->class);
	put_x(s, "x", l->x);
	if (l->dx)
		fprintf(s->out, " dx=\"%d\"", l->dx);
	fprintf(s->out, " y=\"%ld\"%s>", l->y, anchors[l->anchor]);
	put_text(s, text);
	fputs("</text>\n", s->out);
}

void
svg_bar(const struct svg *s, const struct svg_bar *b)
{
	put_element(s, "rect", b->class);
	put_x(s, "x", b->x);
	fprintf(s->out, " y=\"%ld\"", b->y);
	put_x(s, "width", b->width);
	fprintf(s->out, " height=\"%ld\"", b->height);
	if (b->round)
		fprintf(s->out, " rx=\"%d\"", b->round);
	if (b->title) {
		fputc('>', s->out);
		put_title(s, b->title);
		fputs("</rect>\n", s->out);
	} else {
		fputs("/>\n", s->out);
	}
}

void
svg_dot(const struct svg *s, const struct svg_dot *d)
{
	if (d->href)
		fprintf(s->out, "<a href=\"%s\">", d->href);
	put_element(s, "circle", d->class);
	put_x(s, "cx", d->x);
	fprintf(s->out, " cy=\"%ld\" r=\"%d\">", d->y, DOT_RADIUS);
	put_title(s, d->title);
	fputs(d->href ? "</circle></a>\n" : "</circle>\n", s->out);
}

static void
put_line(const struct svg *s, const char *class, double x1, double x2, long y1, long y2)
{
	put_element(s, "line", class);
	put_x(s, "x1", x1);
	put_x(s, "x2", x2);
	fprintf(s->out, " y1=\"%ld\" y2=\"%ld\"/>", y1, y2);
}

void
svg_mark(const struct svg *s, const char *class, double x, long from, long to, struct svg_label label, const char *text)
{
	put_line(s, class, x, x, from, to);
	label.x = x;
	if (text)
		svg_label(s, &label, text);
	else
		fputc('\n', s->out);
}

void
svg_level(const struct svg *s, const char *class, double from, double to, long y)
{
	put_line(s, class, from, to, y, y);
	fputc('\n', s->out);
}

void
svg_curve(const struct svg *s, const char *class, const struct svg_point *points, size_t count)
{
	put_element(s, "polyline", class);
	fputs(" points=\"", s->out);
	for (size_t i = 0; i < count; i++)
		fprintf(s->out, "%s%ld,%ld", i ? " " : "", points[i].x, points[i].y);
	fputs("\"/>\n", s->out);
}
