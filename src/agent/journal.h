/* journal - the append-only file of what happened: one JSON object a line, numbered, checksummed, durable.
 *
 * Every line is `{...,"seq":N,"crc":"xxxxxxxx"}`: seq counts from 1 without gaps, crc is the CRC-32C (RFC 3720)
 * of the bytes before `,"crc"`. It knows nothing of what a line says, nor of the machine. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct journal;

enum journal_state {
	JOURNAL_NEW,		/* none was there: begin with a header line */
	JOURNAL_WHOLE,
	JOURNAL_TAIL_CUT,	/* a torn, zeroed or flipped tail was cut off: only lines never acknowledged */
	JOURNAL_SET_ASIDE,	/* damage elsewhere: the file was kept under a new name and a new one begun */
};

struct journal_report {
	enum journal_state state;
	uint64_t lines, lost_bytes;
	char kept_as[512];	/* of JOURNAL_SET_ASIDE */
	char error[256];	/* when journal_open returns NULL: one clear line */
};

/* Called for each whole line of the journal, oldest first, without its newline. False stops: that line
 * cannot be understood, and the file is set aside as damaged. */
typedef bool journal_line(void *context, const char *line, size_t length);

/* Opens or makes folder/journal, checks that folder and file are ours alone, repairs the tail, and hands over
 * every line. NULL and report->error when the folder or file cannot be trusted or used. */
struct journal *journal_open(const char *folder, journal_line *, void *context, struct journal_report *);

/* Adds seq and crc to an object's text (it ends in `}`) and writes it. durable: on disk before this returns.
 * False, once and for all: a write or sync failed and the journal must be closed and opened anew. */
bool journal_append(struct journal *, const char *object, size_t length, bool durable);

/* Closes this journal under a numbered name, keeps the last ten, and begins an empty one. */
bool journal_rotate(struct journal *);

uint64_t journal_seq(const struct journal *);	/* of the last line; 0: empty */
const char *journal_error(const struct journal *);	/* why the last call returned false */
void journal_close(struct journal *);

#endif
