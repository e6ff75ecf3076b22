/* journal - the append-only file of what happened: one JSON object a line, numbered, checksummed, durable.
 *
 * A line is an object sealed with seq and crc (text/trace/seal). Does not interpret lines, and knows nothing of the
 * machine.
 *
 * Each line is on disk before the next is written. So a crash or power cut damages the last line at most, which was
 * never acknowledged: it is cut off. After any other damage nothing of the file is used.
 *
 * In the folder: `journal`, the last ten that were closed as `journal.0001`..., the last ten that were damaged as
 * `journal.damaged.0001`...; the highest number is the newest. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct journal;

enum journal_state {
	JOURNAL_NEW,		/* there was none, or it was empty */
	JOURNAL_WHOLE,
	JOURNAL_TAIL_CUT,	/* a torn, zeroed or flipped last line, never acknowledged, was cut off */
	JOURNAL_SET_ASIDE,	/* damage elsewhere: the file was kept under a new name and a new one begun */
};

/* If lines is 0, in any state, there is nothing to recover: begin with a header line. */
struct journal_report {
	enum journal_state state;
	uint64_t lines, lost_bytes;
	char kept_as[512];	/* JOURNAL_SET_ASIDE: its new path; discard the lines passed from it */
	char error[512];	/* if journal_open returned NULL, or JOURNAL_SET_ASIDE: one line that says why */
};

/* Called for each line of a whole journal, oldest first, without its newline. Return false if the line is not
 * understood: reading stops, and the file is set aside as damaged. */
typedef bool journal_line(void *context, const char *line, size_t length);

/* Opens or makes folder/journal, checks that folder and file are ours alone, locks the folder against a second agent,
 * repairs the tail, and passes on every line; by then all of them are on disk. The folder must exist. Waits up to two
 * seconds for the lock, so call it before the loop runs. Returns NULL and writes report->error if folder or file cannot
 * be trusted or used; it is safe to call again. */
struct journal *journal_open(const char *folder, journal_line *, void *context, struct journal_report *);

/* Seals an object's text (one line, `{` to `}`, at most SEAL_OBJECT_MAX) and writes it; it is on disk before this
 * returns. Returns false, from then on, if a write or sync failed: the journal must be closed and opened again, which
 * may or may not find the line. */
bool journal_append(struct journal *, const char *object, size_t length);

/* Closes this journal under a numbered name, keeps the last ten, and begins an empty one. Returns false as above. */
bool journal_rotate(struct journal *);

uint64_t journal_seq(const struct journal *);	/* of the last line; 0: empty */
const char *journal_error(const struct journal *);	/* why a call returned false */
void journal_close(struct journal *);	/* NULL is fine */

#endif
