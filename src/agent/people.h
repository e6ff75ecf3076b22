/* people - whoever connects to the socket, and faces in this process: shows them the view, answers what they ask, and
 * posts what they want.
 *
 * The view and the intents go over the socket as lines of JSON. A view, its keys in this order, and stable: view (1,
 * the format's version), at (when it was made), state and cache (paths of the machine's states), required and target
 * (versions), deadline, badge, offered (the update is in the menu), screen (none, info, timer, progress), banner
 * (none, update, warning, failed), remind (the banner's choices, durations), learn_more, start_now, open_timer
 * (buttons that do something now), reminder (when the banner comes back), left (seconds of countdown, as of at),
 * progress (per cent), safe_mode. What does not apply is null.
 *
 * {"ask":"text","locale":"de_DE"} is answered by {"text":{...},"shown":{...}}: what the person reads now in that
 * language, or in the nearest, and the view that this describes. text has language (its tag; "" for one that only the
 * policy knows), menu, banner and window (each with heading, title, note, body and rows of label and value), quiet
 * (text for a screen with neither) and buttons, each with its label and the intent it sends. What is not shown is
 * null.
 *
 * {"ask":"why"} is answered by {"why":{...}}: what is required of this device and why (words/why).
 *
 * An intent is answered {"ok":true} or {"error":"why"}. After an error about a line that is no intent at all the
 * connection is closed. */
#ifndef PEOPLE_H
#define PEOPLE_H

#include "core/view.h"
#include "assessor.h"
#include "socket.h"

#define PEOPLE_LINE SOCKET_LINE

struct people {
	/* Set by the owner before people_open, borrowed. */
	struct ev_loop *loop;
	struct post *post;
	struct assessor *assessor;
	const struct effect_runner *effects;
	void (*view)(void *context, const struct view *, int64_t at);	/* when it changed; may be NULL */
	void *context;

	struct socket *socket;		/* NULL: none */
	struct view shown;
	double allowance, allowance_at;	/* intents that people may still send, and as of when */
	char refusal[128];
};

/* path is that of the socket; NULL: none. False, and why, if it cannot be used. */
bool people_open(struct people *, const char *path, char error[512]);
/* Shows the view if it changed; always the first time. */
void people_show(struct people *);
/* Posts what a person wants. NULL: accepted; else why not, in words for that person. */
const char *people_intent(struct people *, const struct event *);
void people_close(struct people *);

/* --- answers.c: what people see, and what they may ask. The length of a line, without a newline. --- */

void people_view(const struct people *, struct view *, int64_t *at);	/* at may be NULL */
size_t people_why(const struct people *, char line[PEOPLE_LINE]);
/* False: question is not one for the text that is shown. */
bool people_text(const struct people *, const char *question, char line[PEOPLE_LINE]);
size_t people_view_line(const struct view *, int64_t at, char line[PEOPLE_LINE]);

#endif
