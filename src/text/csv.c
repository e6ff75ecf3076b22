#include "csv.h"

#include <string.h>

/* Returns the next character, '\n' for any line end, or EOF. Afterwards c->place is the place of the one after it. */
static int
next_character(struct csv *c)
{
	int byte = getc_unlocked(c->in);

	if (byte == '\r') {
		byte = getc_unlocked(c->in);
		if (byte != '\n') {
			ungetc(byte, c->in);
			byte = '\r';
		}
	}
	if (byte == '\n')
		c->place = (struct place){c->place.line + 1, 1};
	else
		c->place.column += ((unsigned)byte & 0xc0) != 0x80;
	return byte;
}

enum { REFUSED = -2 };	/* returned in place of a character; EOF is -1 */

static int
refuse_row(struct csv *c, struct place place, const char *why)
{
	c->bad = place;
	c->why = why;
	return REFUSED;
}

static int
keep_byte(struct csv *c, int byte, struct place place)
{
	if (c->used == sizeof c->bytes - 1)
		return refuse_row(c, place, "this row is longer than 16 kB (is a closing quote missing?)");
	if (byte == '\0')
		return refuse_row(c, place, "NUL characters are not allowed");
	c->bytes[c->used++] = (char)byte;
	return byte;
}

/* Reads from after the opening quote. Returns the character that ends the field, or REFUSED. */
static int
read_quoted(struct csv *c, struct place opened)
{
	for (;;) {
		struct place place = c->place;
		int byte = next_character(c);

		if (byte == EOF)
			return refuse_row(c, opened, "the quote that opens here is never closed");
		if (byte == '"') {
			byte = next_character(c);
			if (byte == ',' || byte == '\n' || byte == EOF)
				return byte;
			if (byte != '"')
				return refuse_row(c, place,
					"expected a comma or the end of the line after this quote (double a quote inside quotes)");
		}
		if (keep_byte(c, byte, place) == REFUSED)
			return REFUSED;
	}
}

static int
read_unquoted(struct csv *c, int byte, struct place place)
{
	while (byte != ',' && byte != '\n' && byte != EOF) {
		if (byte == '"')
			return refuse_row(c, place, "a quote inside a field: put the whole field in quotes and double this one");
		if (keep_byte(c, byte, place) == REFUSED)
			return REFUSED;
		place = c->place;
		byte = next_character(c);
	}
	return byte;
}

/* Reads one field. Returns the character that ends it, or REFUSED. */
static int
read_field(struct csv *c, int first, struct place place)
{
	struct csv_field *f = &c->field[c->count];
	size_t begin = c->used;
	int end;

	if (c->count == CSV_FIELDS)
		return refuse_row(c, place, "more than 256 fields");
	end = first == '"' ? read_quoted(c, place) : read_unquoted(c, first, place);
	if (end == REFUSED)
		return end;
	*f = (struct csv_field){c->bytes + begin, c->used - begin, place};
	if (c->used == sizeof c->bytes - 1)
		return refuse_row(c, place, "this row is longer than 16 kB");
	c->bytes[c->used++] = '\0';
	c->count++;
	return end;
}

static void
skip_line(struct csv *c)
{
	int byte;
	size_t left = CSV_SKIPPED;

	/* The refused character may itself end the line. */
	if (c->place.line > c->bad.line && c->place.column == 1)
		return;
	do
		byte = next_character(c);
	while (byte != '\n' && byte != EOF && --left);
	c->endless = !left;
}

static int
begin_row(struct csv *c, struct place *place)
{
	int byte;

	if (!c->place.line) {
		c->place = (struct place){1, 1};
		byte = getc_unlocked(c->in);
		if (byte == 0xef && getc_unlocked(c->in) == 0xbb && getc_unlocked(c->in) == 0xbf)
			byte = getc_unlocked(c->in);
		ungetc(byte, c->in);
	}
	do {
		*place = c->place;
		byte = next_character(c);
	} while (byte == '\n');
	return byte;
}

enum csv_row
csv_next(struct csv *c)
{
	struct place place;
	int byte;

	c->count = 0;
	c->used = 0;
	if (c->endless)
		return CSV_END;
	byte = begin_row(c, &place);
	if (byte == EOF)
		return CSV_END;
	while ((byte = read_field(c, byte, place)) == ',') {
		place = c->place;
		byte = next_character(c);
	}
	if (byte != REFUSED)
		return CSV_GOOD;
	skip_line(c);
	return CSV_BAD;
}
