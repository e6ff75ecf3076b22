/* face - what a person at a terminal sees of a view, and what the keys mean. Pure: no terminal, no clock.
 * The same words serve the full screen and the lines that are printed where there is none. */
#ifndef FACE_H
#define FACE_H

#include "words/card.h"
#include "text/trace.h"
#include "grid.h"

#define FACE_LOG 8		/* lines of what the agent did that are kept, and shown when there is room */
#define FACE_LINE 256

struct face {			/* strings are borrowed */
	const struct texts *texts;	/* in the person's language; NULL: English */
	struct view view;
	int64_t now;			/* UTC ms */
	const struct zone *zone;	/* the person's */
	const char *os;			/* what is updated: "macOS" */
	const char *asked_by;		/* the policy's label */
	int64_t installed;		/* version; 0: not known */
	int64_t length;			/* of a countdown, ms */
	bool close_apps;		/* the policy closes them */
	const char *pace;		/* "1 day = 4 s"; "": as fast as the world */
	const char *down;		/* the device is restarting, and this is all that it shows; else NULL */
	bool has_report;
	struct effect report;		/* the last one of the machine */
	unsigned logged;
	char log[FACE_LOG][FACE_LINE];	/* newest last */
};

void face_log(struct face *, const char *line);
void face_draw(const struct face *, struct grid *);

struct facts face_facts(const struct face *);

/* The key of a button. */
char face_button(const struct card_button *, unsigned index);
/* False: the key means nothing now. */
bool face_key(const struct view *, int key, struct event *intent);

/* What a line of the journal means to a person: "● banner   macOS 15.3 will be installed". ● is on the screen, > is
 * the person's doing. whole: a banner with all that stands on it, however long. False: nothing that anybody would
 * notice. */
bool face_say(const struct face *, const struct trace_line *, bool whole, char out[FACE_LINE]);
/* The same in two parts: "● banner" is returned, NULL for nothing, and the rest goes into text. */
const char *face_saying(const struct face *, const struct trace_line *, bool whole, char text[FACE_LINE]);

#endif
