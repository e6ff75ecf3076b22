/* nudge_file - reads a file that configures Nudge, JSON or a profile. Reports unknown keys and values of the wrong type,
 * and at the end every setting that was not taken. Knows nothing of policies. */
#ifndef NUDGE_FILE_H
#define NUDGE_FILE_H

#include <jansson.h>

#include "text/message.h"

/* All keys of Nudge. Its durations are in seconds, its service levels in days. */
enum nudge_type { NUDGE_TEXT, NUDGE_FLAG, NUDGE_WHOLE, NUDGE_LIST, NUDGE_MAP };
struct nudge_key {
	const char *path;	/* "userExperience.noTimers"; of a requirement: "osVersionRequirements[].actionButtonPath" */
	enum nudge_type type;
	const char *instead;	/* what lastcall does instead of using it; NULL: nothing similar */
};
extern const struct nudge_key nudge_keys[];	/* ends with a NULL path */
#define NUDGE_KEYS_MAX 128

struct nudge_file {
	const char *name, *text;	/* borrowed; the name for messages, and the content */
	struct messages *messages;
	json_t *json, *root;		/* the whole file, and Nudge's settings in it */
	char *list;			/* a profile as JSON with the same lines and columns; NULL if the file is JSON */
	char within[40];		/* the path of root in a profile; "" if the file is JSON */
	bool taken[NUDGE_KEYS_MAX];	/* the keys taken, by their index in nudge_keys */
};

/* Adds errors for all unknown keys and wrong types. Returns false if the file has no map of settings at all. */
bool nudge_file_open(struct nudge_file *, size_t length);
/* Frees what was opened. report: first adds a warning for each setting that was not taken. */
void nudge_file_close(struct nudge_file *, bool report);

/* Returns the value of a section's key, and marks it as taken; in "osVersionRequirements", looks in the first entry.
 * Returns NULL if the key is missing or its value has the wrong type. The caller puts the value into the policy, or
 * reports why not. */
const json_t *nudge_file_take(struct nudge_file *, const char *section, const char *name);

/* Adds a message at a path such as "osVersionRequirements[0].requiredInstallationDate", or the part of it that exists. */
void nudge_file_report(struct nudge_file *, enum severity, const char *path, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* --- plist.c: Apple's property lists in XML --- */

#define PLIST_DEPTH 32

bool plist_like(const char *text);	/* true if the text begins as a property list does */
/* Converts a property list to JSON with every value on the same line and, where there is room, in the same column, so that
 * a message's place in the JSON is right in the list, too. Dates and data become text. text ends with a NUL. Returns JSON,
 * which the caller frees, or NULL with one error. */
char *plist_json(const char *file, const char *text, struct messages *);

/* --- jsonpath.c: places in JSON, for messages --- */

#define JSONPATH 160	/* bytes for a path; a longer one is cut, and found only up to there */

/* Returns the place of a path such as "osVersionRequirements[0].requiredInstallationDate" or "list[2]", or of the part of
 * it that exists. jansson gives places only for syntax errors, so this scans the text again; it must be well-formed. */
struct place jsonpath_place(const char *text, const char *path);

#endif
