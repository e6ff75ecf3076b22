/* face - how a view looks on a terminal, and what its keys mean. Pure: uses no terminal and no clock.
 * A full screen and the lines printed without one use the same words. */
#ifndef FACE_H
#define FACE_H

#include "words/card.h"
#include "text/trace/trace.h"
#include "grid.h"

#define FACE_LOG 8		/* lines of the log that are kept, and shown if there is room */
#define FACE_LINE 256

struct face {			/* strings are borrowed */
	const struct texts *texts;	/* in the person's language; NULL: English */
	struct view view;
	int64_t now;			/* UTC ms */
	const struct zone *zone;	/* the person's */
	const char *os;			/* the name of the OS: "macOS" */
	const char *asked_by;		/* the policy's label */
	int64_t installed;		/* version; 0: not known */
	int64_t length;			/* of a countdown, ms */
	bool close_apps;		/* as the policy says */
	const char *pace;		/* how fast the clock runs, "1 day = 4 s"; "": as real time */
	const char *down;		/* the only text on the screen while the device restarts; else NULL */
	bool has_report;
	struct effect report;		/* the machine's last one */
	unsigned logged;
	char log[FACE_LOG][FACE_LINE];	/* newest last */
};

void face_log(struct face *, const char *line);
void face_draw(const struct face *, struct grid *);

struct facts face_facts(const struct face *);

/* The key of a button. */
char face_button(const struct card_button *, unsigned index);
/* Returns false if the key has no meaning now. */
bool face_key(const struct view *, int key, struct event *intent);

/* Describes a line of the journal: "● banner   macOS 15.3 will be installed". ● marks what the screen shows, > what the
 * person does. whole: the banner's body, too. Returns false for a line that a person does not notice. */
bool face_say(const struct face *, const struct trace_line *, bool whole, char out[FACE_LINE]);
/* The same in two parts: returns "● banner", or NULL, and writes the rest into text. */
const char *face_saying(const struct face *, const struct trace_line *, bool whole, char text[FACE_LINE]);

#endif
