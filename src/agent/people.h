/* people - serves clients of the socket and faces in this process: shows them the view, answers their questions, and
 * posts their intents.
 *
 * The view and the intents go over the socket as lines of JSON. A view, its keys in this order, and stable: view (1,
 * the format's version), at (when it was made), state and cache (paths of the machine's states), required and target
 * (versions), deadline, badge, offered (the update is in the menu), screen (none, info, timer, progress), banner (none,
 * update, warning, failed), remind (the banner's choices, durations), learn_more, start_now, open_timer (buttons that
 * do something now), reminder (when the banner comes back), left (seconds of countdown, as of at), progress (per cent),
 * safe_mode. A key that does not apply is null.
 *
 * {"ask":"text","locale":"de_DE"} is answered by {"text":{...},"shown":{...}}: the text that the person is shown now in
 * that language, or in the nearest one, and the view that it describes. text has language (its tag; "" for one that
 * only the policy knows), menu, banner and window (each with heading, title, note, body and rows of label and value),
 * quiet (text for a screen with neither) and buttons, each with its label and the intent it sends. A part that is not
 * shown is null.
 *
 * {"ask":"why"} is answered by {"why":{...}}: what is required of this device and why (words/why).
 *
 * An intent is answered {"ok":true} or {"error":"why"}. If the line is no intent at all, the connection is closed after
 * the error. */
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
	double allowance, allowance_at;	/* intents that may still be sent at once, and when counted */
	char refusal[128];
};

/* Listens at path; NULL: no socket. Returns false and writes why if the path cannot be used. */
bool people_open(struct people *, const char *path, char error[512]);
/* Sends the view to all clients and faces if it has changed; always the first time. */
void people_show(struct people *);
/* Posts an intent. Returns NULL if it was accepted, or why not, in words for that person. */
const char *people_intent(struct people *, const struct event *);
void people_close(struct people *);

/* --- answers.c: the view and the answers to questions. Those of type size_t return the length of the line. --- */

void people_view(const struct people *, struct view *, int64_t *at);	/* at may be NULL */
size_t people_why(const struct people *, char line[PEOPLE_LINE]);
/* Returns false if question does not ask for the text. */
bool people_text(const struct people *, const char *question, char line[PEOPLE_LINE]);
size_t people_view_line(const struct view *, int64_t at, char line[PEOPLE_LINE]);

#endif
