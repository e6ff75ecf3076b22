/* emit - writes C through two templates, Ragel's grammar, the pictures, tables for people and the JSON Schema. */
#ifndef EMIT_H
#define EMIT_H

#include <stdio.h>

#include "model.h"

/* An output file that counts its lines, so that #line can return to it. */
struct out {
	const struct machine *machine;
	FILE *file;
	const char *path;
	unsigned line;
};

void out_text(struct out *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Writes C of the machine file under its own line numbers, with text before and after it. */
void out_code(struct out *, const char *before, const struct code *, const char *after);
void out_place(struct out *, struct place);	/* #line of the machine file */
void out_back(struct out *);			/* #line of this file again */
const char *out_string(const char *text);	/* a C literal */
const char *out_state(const struct state *);	/* its constant; STATES for none and for a region's root */

/* A template's line that begins with @ names the part that is written in its place. */
struct part {
	const char *name;
	void (*write)(struct out *);
};
extern const struct part emit_header_parts[], emit_table_parts[], emit_code_parts[], emit_ragel_parts[],
	emit_watch_parts[], emit_promise_parts[];

bool emit_schema(FILE *);	/* false: it could not be written */

/* Each writes one file. Returns false, with a message that says why, if it cannot be written. */
bool emit_header(const struct machine *, const char *path);
bool emit_ragel(const struct machine *, const char *path);
bool emit_dot(const struct machine *, const char *path);	/* everything, for those who work on the machine */
bool emit_picture(const struct machine *, const char *path);	/* for people; nothing if the machine has none */
bool emit_markdown(const struct machine *, const char *path);

#endif
