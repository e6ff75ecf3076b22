/* face - what a person at a terminal sees of a view, and what the keys mean. Pure: no terminal, no clock, no
 * locale. The same words serve the full screen and the lines that are printed where there is none. */
#ifndef FACE_H
#define FACE_H

#include "../core/view.h"
#include "../text/trace.h"
#include "face_grid.h"

#define FACE_LOG 8		/* lines of what the agent did that are kept, and shown when there is room */
#define FACE_LINE 256

struct face {			/* strings are borrowed */
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

/* Buttons, in the order of their display. Those without a place on a banner or window stand in the last line. */
enum button_place { ON_BANNER, ON_WINDOW, BELOW };
struct button {
	char key;
	enum button_place place;
	char label[48];
	struct event intent;		/* kind and payload */
};

#define FACE_BUTTONS (POLICY_REMINDS + 6)
unsigned face_buttons(const struct view *, struct button list[FACE_BUTTONS]);
/* False: the key means nothing now. */
bool face_key(const struct view *, int key, struct event *intent);

/* What a line of the journal means to a person: "● banner   macOS 15.3 is due Fri 4 Dec 17:00". ● is on the screen,
 * > is the person's doing. False: nothing that anybody would notice. */
bool face_say(const struct face *, const struct trace_line *, char out[FACE_LINE]);

#endif
