/* people - the view and the intents as lines of JSON, as they go over the socket; lastcall-socket(7). */
#ifndef PEOPLE_H
#define PEOPLE_H

#include "../core/view.h"

#define PEOPLE_LINE 4096

/* {"view":1,"at":...,"state":...,...}: the keys are stable and in this order. Length, without a newline. */
size_t people_view_text(const struct view *, int64_t at, char out[PEOPLE_LINE]);

/* {"intent":"remind","for":"1h"}. False, and why, when the line is no intent. */
bool people_intent(const char *line, size_t length, struct event *, char why[256]);

#endif
