/* Reads TZif files (RFC 9636, sections 3.1 to 3.3): a header, a block of version 1 data, from version 2 on another
 * header and block with 64-bit times, and a footer with the rules that apply after the last change. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "zone.h"

/* Whether c is allowed in an abbreviation. */
static bool
is_abbreviation_char(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-';
}

static bool
skip_character(const char **p, char c)
{
	if (**p != c)
		return false;
	++*p;
	return true;
}

/* Reads one to three digits, at most max. */
static bool
read_number(const char **p, int max, int *value)
{
	int digits = 0;

	for (*value = 0; **p >= '0' && **p <= '9'; ++*p) {
		*value = *value * 10 + (**p - '0');
		if (++digits > 3)
			return false;
	}
	return digits > 0 && *value <= max;
}

/* Reads [+-]h[h[h]][:mm[:ss]]. */
static bool
read_clock_time(const char **p, int hours, int32_t *seconds)
{
	int sign = **p == '-' ? -1 : 1, value, total;

	if (**p == '-' || **p == '+')
		++*p;
	if (!read_number(p, hours, &value))
		return false;
	total = value * 3600;
	for (int unit = 60; unit && **p == ':'; unit /= 60) {
		++*p;
		if (!read_number(p, 59, &value))
			return false;
		total += value * unit;
	}
	*seconds = sign * total;
	return true;
}

/* Reads at least three letters, or any characters of a name between < and >. */
static bool
read_abbreviation(const char **p, char out[16])
{
	bool quoted = **p == '<';
	const char *from = *p + quoted, *end = from;

	while (is_abbreviation_char(*end) && (quoted || (*end > '9')))
		end++;
	if (end - from < 3 || end - from > 15 || (quoted && *end != '>'))
		return false;
	memcpy(out, from, (size_t)(end - from));
	out[end - from] = '\0';
	*p = end + quoted;
	return true;
}

/* Reads a POSIX rule: ,M3.2.0/2 or ,J60/2 or ,59/2. Without a time it means 2 o'clock. */
static bool
read_rule(const char **p, struct zone_rule *r)
{
	*r = (struct zone_rule){.kind = 'D', .time = 2 * 3600};
	if (!skip_character(p, ','))
		return false;
	if (skip_character(p, 'M')) {
		r->kind = 'M';
		if (!read_number(p, 12, &r->month) || !skip_character(p, '.') || !read_number(p, 5, &r->week) ||
		    !skip_character(p, '.') || !read_number(p, 6, &r->day) || !r->month || !r->week)
			return false;
	} else {
		if (skip_character(p, 'J'))
			r->kind = 'J';
		if (!read_number(p, 365, &r->day) || (r->kind == 'J' && !r->day))
			return false;
	}
	return !skip_character(p, '/') || read_clock_time(p, 167, &r->time);
}

/* Reads an offset. In POSIX, offsets west of UTC are positive. */
static bool
read_west_offset(const char **p, int32_t *offset)
{
	if (!read_clock_time(p, 24, offset))
		return false;
	*offset = -*offset;
	return true;
}

/* Reads the footer of a file, a POSIX TZ string: EST5EDT,M3.2.0,M11.1.0. Summer time needs rules for its begin and
 * end. Returns false if the footer is malformed; *z is then unspecified. */
static bool
read_rules(const char *p, struct zone *z)
{
	z->footer = true;
	if (!read_abbreviation(&p, z->standard_name) || !read_west_offset(&p, &z->standard))
		return false;
	if (!*p)
		return true;
	z->daylight = true;
	if (!read_abbreviation(&p, z->summer_name))
		return false;
	z->summer = z->standard + 3600;
	if (*p != ',' && !read_west_offset(&p, &z->summer))
		return false;
	return read_rule(&p, &z->begin) && read_rule(&p, &z->end) && !*p;
}

struct bytes {
	const uint8_t *at;
	size_t left;
};

struct header {
	unsigned version;
	uint32_t ut, standard, leaps, changes, types, chars;	/* counts, in the file's order */
};

enum { HEADER_SIZE = 44, TYPE_SIZE = 6, TYPES_MAX = 256, FOOTER_MAX = 128 };

/* Real files have no changes before the Big Bang, 2^59 s ago; sums with such times cannot overflow. */
#define CHANGE_MAX (INT64_C(1) << 59)
#define OFFSET_MIN (-25 * 3600 + 1)
#define OFFSET_MAX (26 * 3600 - 1)

static const uint8_t *
take_bytes(struct bytes *b, uint64_t size)
{
	const uint8_t *at = b->at;

	if (size > b->left)
		return NULL;
	b->at += size;
	b->left -= (size_t)size;
	return at;
}

static uint32_t
unsigned32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int32_t
signed32(const uint8_t *p)
{
	return (int32_t)unsigned32(p);
}

static int64_t
signed64(const uint8_t *p)
{
	return (int64_t)((uint64_t)unsigned32(p) << 32 | unsigned32(p + 4));
}

static bool
read_header(struct bytes *b, struct header *h)
{
	const uint8_t *p = take_bytes(b, HEADER_SIZE);

	if (!p || memcmp(p, "TZif", 4) != 0 || (p[4] && (p[4] < '2' || p[4] > '4')))
		return false;
	*h = (struct header){p[4] ? p[4] - (unsigned)'0' : 1, unsigned32(p + 20), unsigned32(p + 24), unsigned32(p + 28),
		unsigned32(p + 32), unsigned32(p + 36), unsigned32(p + 40)};
	return true;
}

static uint64_t
block_size(const struct header *h, unsigned time_size)
{
	return (uint64_t)h->changes * (time_size + 1) + (uint64_t)h->types * TYPE_SIZE + h->chars +
	       (uint64_t)h->leaps * (time_size + 4) + h->standard + h->ut;
}

static bool
read_changes(struct zone *z, const uint8_t *times, const uint8_t *types, unsigned time_size, int64_t *change,
	uint8_t *type)
{
	for (uint32_t i = 0; i < z->changes; i++) {
		const uint8_t *p = times + (size_t)i * time_size;

		change[i] = time_size == 8 ? signed64(p) : signed32(p);
		type[i] = types[i];
		if (type[i] >= z->types || change[i] < -CHANGE_MAX || change[i] > CHANGE_MAX)
			return false;
		if (i > 0 && change[i] <= change[i - 1])
			return false;
	}
	z->change = change;
	z->type = type;
	return true;
}

/* names holds the abbreviations of all types and ends with a NUL. */
static bool
read_types(struct zone *z, const uint8_t *p, int32_t *offset, uint8_t *abbreviation, const char *names, uint32_t chars)
{
	for (uint32_t i = 0; i < chars; i++)
		if (names[i] && !is_abbreviation_char(names[i]))
			return false;
	for (uint32_t i = 0; i < z->types; i++, p += TYPE_SIZE) {
		offset[i] = signed32(p);
		abbreviation[i] = p[5];
		if (offset[i] < OFFSET_MIN || offset[i] > OFFSET_MAX || p[4] > 1 || p[5] >= chars)
			return false;
	}
	z->offset = offset;
	z->abbreviation = abbreviation;
	z->names = names;
	return true;
}

/* Puts all tables into one allocation, widest first; z->change points to its start. */
static bool
read_tables(struct zone *z, const struct header *h, const uint8_t *block, unsigned time_size)
{
	size_t n = h->changes, t = h->types;
	int64_t *change = memory_resize(NULL, n * sizeof *change + t * sizeof(int32_t) + n + t + h->chars + 1);
	int32_t *offset = (int32_t *)(change + n);
	uint8_t *type = (uint8_t *)(offset + t), *abbreviation = type + n;
	char *names = (char *)abbreviation + t;
	const uint8_t *info = block + n * (time_size + 1);

	z->changes = h->changes;
	z->types = h->types;
	memcpy(names, info + t * TYPE_SIZE, h->chars);
	names[h->chars] = '\0';
	if (read_types(z, info, offset, abbreviation, names, h->chars) &&
	    read_changes(z, block, block + n * time_size, time_size, change, type))
		return true;
	free(change);
	return false;
}

/* Reads the footer between two newlines. If it is empty, the last change applies for ever. */
static bool
read_footer(struct bytes *b, struct zone *z)
{
	char text[FOOTER_MAX];
	const uint8_t *p = take_bytes(b, 1), *end;

	if (!p || *p != '\n' || !(end = memchr(b->at, '\n', b->left)))
		return false;

	size_t length = (size_t)(end - b->at);

	if (length >= sizeof text || memchr(b->at, '\0', length))
		return false;
	memcpy(text, b->at, length);
	text[length] = '\0';
	return !length || read_rules(text, z);
}

/* Reads the only block of version 1, or the second block, because version 1's times end in 2038. Returns what is wrong,
 * or NULL. */
static const char *
read_zone(struct bytes *b, struct zone *z)
{
	struct header h;
	const uint8_t *block;
	unsigned time_size = 4;

	if (!read_header(b, &h))
		return "its file is not a time zone file";
	if (h.version > 1) {
		time_size = 8;
		if (!take_bytes(b, block_size(&h, 4)) || !read_header(b, &h))
			return "its file is cut short";
	}
	if (h.leaps)
		return "its file counts leap seconds";
	if (!h.types || h.types > TYPES_MAX || !h.chars || (h.ut && h.ut != h.types) ||
	    (h.standard && h.standard != h.types))
		return "its file is damaged: the header";
	if (!(block = take_bytes(b, block_size(&h, time_size))))
		return "its file is cut short";
	if (!read_tables(z, &h, block, time_size))
		return "its file is damaged: the changes";
	if (h.version > 1 && !read_footer(b, z))
		return "its file is damaged: the footer";
	return NULL;
}

bool
zone_decode(const void *bytes, size_t length, const char *name, struct zone *z, const char **why)
{
	struct bytes b = {bytes, length};
	const char *problem;

	memset(z, 0, sizeof *z);
	if (strlen(name) >= sizeof z->name)
		problem = "its name is too long";
	else
		problem = read_zone(&b, z);
	if (problem) {
		zone_release(z);
		*why = problem;
		return false;
	}
	memcpy(z->name, name, strlen(name) + 1);
	return true;
}

void
zone_release(struct zone *z)
{
	free((void *)z->change);
	memset(z, 0, sizeof *z);
}
