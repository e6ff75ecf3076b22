/* nudge_file - what configures Nudge, as JSON or as a profile, as such: every key known, every value of its type, and
 * in the end whatever nobody took told as left out. Knows no policy. */
#ifndef NUDGE_FILE_H
#define NUDGE_FILE_H

#include <jansson.h>

#include "text/message.h"

#define NUDGE_KEYS_MAX 128

struct nudge_file {
	const char *name, *text;	/* borrowed; as messages call it, and what is in it */
	struct messages *messages;
	json_t *json, *root;		/* all of it, and Nudge's settings in it */
	char *list;			/* of a profile: JSON with the same places, instead of text */
	char within[40];		/* of a profile: the payload that root is */
	bool taken[NUDGE_KEYS_MAX];	/* of nudge_keys */
};

/* False when there is no map of settings at all. Unknown keys and values of a wrong type have been said. */
bool nudge_file_open(struct nudge_file *, size_t length);
/* tell: says what has not been taken. */
void nudge_file_close(struct nudge_file *, bool tell);

/* The value of a key of a section, of the first requirement for "osVersionRequirements"; NULL when it is not there or
 * not of its type. Whoever takes it says in the policy, or in a message, what became of it. */
const json_t *nudge_file_take(struct nudge_file *, const char *section, const char *name);

/* At a path such as "osVersionRequirements[0].requiredInstallationDate", as far as it is there. */
void nudge_file_say(struct nudge_file *, enum severity, const char *path, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
