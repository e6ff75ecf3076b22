/* csv - rows of comma-separated values (RFC 4180), one at a time: memory does not grow with the file.
 *
 * Fields in double quotes may hold commas, line ends and doubled quotes. Lines end with LF or CRLF; empty ones and
 * a byte order mark are passed over. Knows no columns. */
#ifndef CSV_H
#define CSV_H

#include <stdbool.h>
#include <stdio.h>

#include "message.h"

#define CSV_ROW 16384		/* bytes of a row */
#define CSV_FIELDS 256
#define CSV_SKIPPED (1u << 20)	/* bytes of a bad line, after which no more is read: it has no end */

struct csv_field {
	const char *text;	/* NUL-terminated, until the next row */
	size_t length;
	struct place place;
};

struct csv {			/* zero but for in */
	FILE *in;		/* read from its beginning */
	struct place place;	/* of the next character */
	struct csv_field field[CSV_FIELDS];
	unsigned count;
	struct place bad;	/* of CSV_BAD: where, */
	const char *why;	/* and why, static */
	bool endless;
	size_t used;
	char bytes[CSV_ROW];
};

/* CSV_BAD: this row is none; the next call goes on with the line after, if one comes. */
enum csv_row { CSV_END, CSV_GOOD, CSV_BAD };
enum csv_row csv_next(struct csv *);

#endif
