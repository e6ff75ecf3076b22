#include "emit.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

/* The fixed text of the generated files: the build turns machine.h.in and machine.rl.in into string literals. */
static const char *const template_header[] = {
#include "emit/machine.h.inc"
	NULL};

static const char *const template_ragel[] = {
#include "emit/machine.rl.inc"
	NULL};

void
out_text(struct out *out, const char *format, ...)
{
	va_list args, again;
	char small[512], *text = small;

	assert(format);
	va_start(args, format);
	va_copy(again, args);
	if (vsnprintf(small, sizeof(small), format, args) >= (int)sizeof(small))
		text = keep_arguments(format, again);
	va_end(again);
	va_end(args);
	fputs(text, out->file);
	while ((text = strchr(text, '\n'))) {
		out->line++;
		text++;
	}
}

void
out_place(struct out *out, struct place place)
{
	out_text(out, "#line %u %s\n", place.line, out_string(out->machine->file));
}

void
out_back(struct out *out)
{
	out_text(out, "#line %u %s\n", out->line + 1, out_string(out->path));
}

void
out_code(struct out *out, const char *before, const struct code *code, const char *after)
{
	size_t length = strlen(code->text);

	out_place(out, code->place);
	out_text(out, "%s%s%s", before, code->text, length && code->text[length - 1] == '\n' ? "" : "\n");
	out_back(out);
	out_text(out, "%s", after);
}

const char *
out_string(const char *text)
{
	char *literal = keep(2 * strlen(text) + 3), *to = literal;

	*to++ = '"';
	for (; *text; text++) {
		/* Two question marks may begin a trigraph. */
		if (*text == '"' || *text == '\\' || (*text == '?' && to[-1] == '?'))
			*to++ = '\\';
		*to++ = *text == '\n' ? ' ' : *text;
	}
	*to = '"';
	return literal;
}

const char *
out_state(const struct state *s)
{
	return s && s->parent ? keep_format("ST_%s", keep_upper(s->c_name)) : "STATES";
}

static void
write_part(struct out *out, const struct part *const *tables, const char *name)
{
	for (; *tables; tables++)
		for (const struct part *part = *tables; part->name; part++)
			if (strcmp(part->name, name) == 0) {
				part->write(out);
				return;
			}
	assert(false);	/* a template names a part that no table has */
}

static bool
expand(const struct machine *m, const char *path, const char *const *lines, const struct part *const *tables)
{
	struct out out = {.machine = m, .file = fopen(path, "w"), .path = path, .line = 1};
	bool written;

	if (!out.file) {
		message_add(m->messages, MESSAGE_ERROR, path, (struct place){0}, "%s", strerror(errno));
		return false;
	}
	for (; *lines; lines++)
		if (**lines == '@')
			write_part(&out, tables, *lines + 1);
		else
			out_text(&out, "%s\n", *lines);
	written = !ferror(out.file);
	written &= fclose(out.file) == 0;
	if (!written)
		message_add(m->messages, MESSAGE_ERROR, path, (struct place){0}, "%s", strerror(errno));
	return written;
}

static bool
same_content(const char *one, const char *other)
{
	FILE *a = fopen(one, "r"), *b = fopen(other, "r");
	bool same = a && b;

	for (int c = 0; same && c != EOF;) {
		c = getc(a);
		same = c == getc(b) && !ferror(a) && !ferror(b);
	}
	if (a)
		fclose(a);
	if (b)
		fclose(b);
	return same;
}

/* Everything includes the header: writing it only when it changes keeps an edit that adds no name from compiling
 * everything. */
bool
emit_header(const struct machine *m, const char *path)
{
	const char *fresh = keep_format("%s.new", path);

	if (!expand(m, fresh, template_header, (const struct part *const[]){emit_header_parts, NULL}))
		return false;
	if (same_content(fresh, path) ? remove(fresh) == 0 : rename(fresh, path) == 0)
		return true;
	message_add(m->messages, MESSAGE_ERROR, path, (struct place){0}, "%s", strerror(errno));
	return false;
}

bool
emit_ragel(const struct machine *m, const char *path)
{
	return expand(m, path, template_ragel, (const struct part *const[]){emit_header_parts, emit_table_parts,
		emit_code_parts, emit_ragel_parts, emit_watch_parts, emit_promise_parts, NULL});
}
