/* tally - keeps one entry for each different key, in the order in which the keys first appear. Its size depends on the
 * number of keys, not of things counted: a million devices of ten kinds need ten entries. */
#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>
#include <stddef.h>

/* An entry is a struct of the caller's that begins with its key: a text in an array of chars, or a struct without gaps
 * that is compared byte by byte. */
struct tally {
	size_t entry, key;	/* bytes */
	bool text;		/* the key is a text; longer texts are cut */
	size_t most;		/* entries; 0: no limit */
	size_t count, room;
	void *entries;
	size_t *slots, slot_count;	/* entry numbers from 1, by the hash of the key; 0: free */
};

/* Returns the entry with this key, zeroed beyond the key if it is new, or NULL if there are `most` others. It is valid
 * until the next new key. */
void *tally_entry(struct tally *, const void *key);
void tally_free(struct tally *);

#endif
