/* nudge_file - a file that configures Nudge, as JSON or as a profile: reports unknown keys and values of a wrong type, and
 * in the end all settings that were not taken over. Knows no policy. */
#ifndef NUDGE_FILE_H
#define NUDGE_FILE_H

#include <jansson.h>

#include "text/message.h"

/* All keys of Nudge. Its times are in seconds, its service levels in days. */
enum nudge_type { NUDGE_TEXT, NUDGE_FLAG, NUDGE_WHOLE, NUDGE_LIST, NUDGE_MAP };
struct nudge_key {
	const char *path;	/* "userExperience.noTimers"; of a requirement: "osVersionRequirements[].actionButtonPath" */
	enum nudge_type type;
	const char *instead;	/* what lastcall does instead of taking it over; NULL: nothing */
};
extern const struct nudge_key nudge_keys[];	/* ends with a NULL path */
#define NUDGE_KEYS_MAX 128

struct nudge_file {
	const char *name, *text;	/* borrowed; the name for messages, and the content */
	struct messages *messages;
	json_t *json, *root;		/* all of it, and Nudge's settings in it */
	char *list;			/* of a profile: JSON with the same places, instead of text */
	char within[40];		/* of a profile: the path of the payload that is root */
	bool taken[NUDGE_KEYS_MAX];	/* by the index in nudge_keys */
};

/* Adds errors for all unknown keys and wrong types. Returns false if the file has no map of settings at all. */
bool nudge_file_open(struct nudge_file *, size_t length);
/* report: adds a warning for each setting that was not taken. */
void nudge_file_close(struct nudge_file *, bool report);

/* Takes the value of a key of a section; of "osVersionRequirements", of its first entry. Returns NULL if there is none of
 * its type. The caller carries the value into the policy, or reports why not. */
const json_t *nudge_file_take(struct nudge_file *, const char *section, const char *name);

/* Adds a message at a path such as "osVersionRequirements[0].requiredInstallationDate", as much of it as exists. */
void nudge_file_report(struct nudge_file *, enum severity, const char *path, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* --- plist.c: Apple's property lists in XML --- */

#define PLIST_DEPTH 32

bool plist_like(const char *text);	/* whether it begins like one */
/* Converts a list to JSON that has the same things on the same lines and, where there is room, in the same columns, so
 * that places in the JSON are places in the list. Dates and data become text. text ends with a NUL. Returns JSON, which the
 * caller frees, or NULL with one error. */
char *plist_json(const char *file, const char *text, struct messages *);

/* --- jsonpath.c: places in JSON, for messages --- */

#define JSONPATH 160	/* room for a path; a longer one is cut, and found only as far as it goes */

/* Finds the key of a path such as "osVersionRequirements[0].requiredInstallationDate", or the entry "list[2]", or as much
 * of the path as exists. jansson reports places only of syntax errors, so text is scanned again; it is well-formed. */
struct place jsonpath_place(const char *text, const char *path);

#endif
