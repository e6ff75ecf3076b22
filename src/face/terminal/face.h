/* face - draws a view for a terminal, and says what its keys mean. Pure: uses no terminal and no clock.
 * The full screen and the plain lines use the same words. */
#ifndef FACE_H
#define FACE_H

#include "words/card.h"
#include "text/trace/trace.h"
#include "grid.h"

#define FACE_LOG 8		/* how many lines of the log are kept, and shown if there is room */
#define FACE_LINE 256

struct face {			/* strings are borrowed */
	const struct texts *texts;	/* in the person's language; NULL: English */
	struct view view;
	int64_t now;			/* UTC ms */
	const struct zone *zone;	/* the person's */
	const char *os;			/* the name of the OS: "macOS" */
	const char *policy_label;
	int64_t installed;		/* version; 0: not known */
	int64_t countdown;		/* length of a whole countdown, ms */
	bool close_apps;		/* the policy's install.close_apps */
	const char *pace;		/* how fast the clock runs, "1 day = 4 s"; "": in real time */
	const char *down;		/* the only text on the screen while the device restarts; else NULL */
	bool has_report;
	struct effect report;		/* the machine's last report */
	unsigned logged;
	char log[FACE_LOG][FACE_LINE];	/* newest last */
};

void face_log(struct face *, const char *line);
void face_draw(const struct face *, struct grid *);

struct facts face_facts(const struct face *);

/* Returns the key that presses a button. index: the button's among those of the view. */
char face_button(const struct card_button *, unsigned index);
/* Sets *intent to what the key does. Returns false if it does nothing now. */
bool face_key(const struct view *, int key, struct event *intent);

/* Describes a line of the journal: "● banner   macOS 15.3 will be installed". ● marks what the screen shows, > what the
 * person does. whole: includes the banner's body. Returns false for a line with nothing to say to people. */
bool face_describe(const struct face *, const struct trace_line *, bool whole, char out[FACE_LINE]);
/* The same in two parts: returns "● banner" (a static string), or NULL, and writes the rest into text. */
const char *face_describe_parts(const struct face *, const struct trace_line *, bool whole, char text[FACE_LINE]);

#endif
