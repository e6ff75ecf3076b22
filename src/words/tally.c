#include "tally.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"

#define SLOTS_AT_FIRST 256	/* a power of two */

static char *
entry_at(const struct tally *t, size_t number)
{
	return (char *)t->entries + number * t->entry;
}

/* Hashes eight bytes at a time, since each of a million devices is hashed several times. */
static uint64_t
hash_key(const char *key, size_t length)
{
	uint64_t hash = UINT64_C(14695981039346656037), word;

	for (; length >= sizeof word; key += sizeof word, length -= sizeof word) {
		memcpy(&word, key, sizeof word);
		hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 32;
	}
	for (; length; key++, length--)
		hash = (hash ^ (unsigned char)*key) * UINT64_C(0x100000001b3);
	return hash ^ hash >> 32;
}

static bool
has_key(const struct tally *t, size_t number, const char *key, size_t length)
{
	const char *entry = entry_at(t, number);

	return memcmp(entry, key, length) == 0 && (length == t->key || !entry[length]);
}

/* Returns the slot that holds the key's entry, or the free one that it would get. */
static size_t *
find_slot(const struct tally *t, const char *key, size_t length)
{
	size_t at = (size_t)hash_key(key, length) & (t->slot_count - 1);

	while (t->slots[at] && !has_key(t, t->slots[at] - 1, key, length))
		at = (at + 1) & (t->slot_count - 1);
	return &t->slots[at];
}

/* Grows before more than a quarter of the slots are taken. */
static void
grow_slots(struct tally *t)
{
	if (t->slot_count > 4 * t->count)
		return;
	t->slot_count = t->slot_count ? 2 * t->slot_count : SLOTS_AT_FIRST;
	free(t->slots);
	t->slots = memory_zeroed(t->slot_count * sizeof *t->slots);
	for (size_t i = 0; i < t->count; i++)
		*find_slot(t, entry_at(t, i), t->text ? strlen(entry_at(t, i)) : t->key) = i + 1;
}

void *
tally_entry(struct tally *t, const void *key)
{
	size_t length = t->text ? strnlen(key, t->key - 1) : t->key, *slot;

	grow_slots(t);
	slot = find_slot(t, key, length);
	if (!*slot) {
		if (t->most && t->count == t->most)
			return NULL;
		t->entries = array_grow(t->entries, &t->room, t->count + 1, t->entry);
		memset(entry_at(t, t->count), 0, t->entry);
		memcpy(entry_at(t, t->count), key, length);
		*slot = ++t->count;
	}
	return entry_at(t, *slot - 1);
}

void
tally_free(struct tally *t)
{
	free(t->entries);
	free(t->slots);
	t->entries = t->slots = NULL;
	t->count = t->room = t->slot_count = 0;
}
