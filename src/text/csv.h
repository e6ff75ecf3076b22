/* csv - reads comma-separated values (RFC 4180) row by row, so memory does not grow with the file.
 *
 * Fields in double quotes may hold commas, newlines and doubled quotes. Lines end with LF or CRLF; empty lines and a
 * byte order mark are skipped. Knows no columns. */
#ifndef CSV_H
#define CSV_H

#include <stdbool.h>
#include <stdio.h>

#include "message.h"

#define CSV_ROW 16384		/* bytes of a row */
#define CSV_FIELDS 256
#define CSV_SKIPPED (1u << 20)	/* bytes of a bad line, after which reading stops */

struct csv_field {
	const char *text;	/* NUL-terminated, until the next row */
	size_t length;
	struct place place;
};

struct csv {			/* starts as zeros, apart from `in` */
	FILE *in;		/* at the beginning of the file */
	struct place place;	/* of the next character */
	struct csv_field field[CSV_FIELDS];
	unsigned count;
	struct place bad;	/* of the error in a CSV_BAD row */
	const char *why;	/* what the error is; a static text */
	bool endless;		/* a bad line was longer than CSV_SKIPPED */
	size_t used;
	char bytes[CSV_ROW];
};

/* Reads the next row. After CSV_BAD the next call continues with the next line. */
enum csv_row { CSV_END, CSV_GOOD, CSV_BAD };
enum csv_row csv_next(struct csv *);

#endif
