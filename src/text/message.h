/* message - every complaint about a text that somebody wrote, in one form:
 *
 *	policies/lab.yaml:7:14: error: expected a duration such as 30s, 5m or 2w, found "5 days"
 *	policies/lab.yaml:9:3: error: unknown key "recheckk" (did you mean "recheck"?)
 *
 * All of a file's problems are collected, sorted by place, and printed in one run. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "code.h"

enum severity { MESSAGE_ERROR, MESSAGE_WARNING, MESSAGE_FINDING };	/* the last: nothing is wrong with the text itself */

struct place {
	unsigned line;		/* from 1; 0: the file as a whole */
	unsigned column;	/* from 1, in characters; 0: the line as a whole */
};

struct message {
	enum severity severity;
	enum message_code code;
	struct place place;
	char *file;
	char *text;		/* one line; what was found in it is quoted and made printable */
};

struct messages {
	struct message *list;
	size_t count, room;
	size_t of_file;		/* of the last one's file */
	unsigned errors, warnings;	/* count also what MESSAGES_KEPT left out of list */
};

#define MESSAGES_KEPT 100	/* of one file in a row; the rest are counted, and the last line says so */

void message_add(struct messages *, enum severity, const char *file, struct place, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* The same with a code, which says whether it is an error. */
void message_coded(struct messages *, enum message_code, const char *file, struct place place, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Gives the code to all messages from index `from` on that have none. */
void message_stamp(struct messages *, size_t from, enum message_code);

/* Takes back what was said with that code about that place. */
void message_drop(struct messages *, enum message_code, const char *file, struct place);

/* By file and place; what was found first at a place stays first. */
void message_sort(struct messages *);

/* "policies/lab.yaml:7:14: error: expected ...", without code and line end. */
void message_write(const struct message *, FILE *);

/* The whole text, sorted, one line a message, without codes. Caller frees. */
char *message_text(struct messages *);
void message_free(struct messages *);

/* name's nearest of the words (NULL-terminated), close enough to be a slip of the finger; else NULL. */
const char *message_near(const char *name, const char *const *words);

/* The bytes of the UTF-8 character that text begins with; 0 for what is none or cannot be seen. */
size_t message_printable(const char *text, size_t length);

/* bytes in double quotes, cut at 40 characters, what cannot be printed escaped. Into and returning out. */
#define QUOTED_SIZE 256
const char *message_quote(const char *bytes, size_t length, char out[QUOTED_SIZE]);

#endif
