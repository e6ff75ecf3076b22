/* people - the view and the intents as lines of JSON, as they go over the socket.
 *
 * A view, its keys in this order, and stable: view (1, the format's version), at (when it was made), state and cache
 * (paths of the machine's states), required and target (versions), deadline, badge, offered (the update is in the
 * menu), screen (none, info, timer, progress), banner (none, update, warning, failed), remind (the banner's choices,
 * durations), learn_more, start_now, open_timer (buttons that mean something), reminder (when the banner comes
 * back), left (seconds of countdown, as of at), progress (per cent), safe_mode. What does not apply is null.
 *
 * {"ask":"text","locale":"de_DE"} is answered by {"text":{...},"shown":{...}}: what the person reads now in that
 * language, or in the nearest, and the view that this is of. text has language (its tag; "" for one that only the
 * policy knows), menu, banner and window (each with heading, title, note, body and rows of label and value), quiet
 * (where there is neither) and buttons, each with its label and the intent that it stands for. What is not shown is
 * null.
 *
 * An intent is answered {"ok":true} or {"error":"why"}; an error that ends the connection was no intent at all. */
#ifndef PEOPLE_H
#define PEOPLE_H

#include "core/view.h"

#define PEOPLE_LINE 4096

/* Length, without a newline. */
size_t people_view_text(const struct view *, int64_t at, char out[PEOPLE_LINE]);

/* {"intent":"remind","for":"1h"}. False, and why, when the line is no intent. */
bool people_intent(const char *line, size_t length, struct event *, char why[256]);

#endif
