/* simulate_inventory - the devices of a list by kind: those of one kind are all asked the same. It grows with the kinds,
 * not with the devices. */
#ifndef SIMULATE_INVENTORY_H
#define SIMULATE_INVENTORY_H

#include "text/devices.h"
#include "words/tally.h"

struct device_kind {
	struct device_key {		/* without gaps, for words/tally */
		int64_t version;
		const struct zone *zone;	/* NULL: not said */
		char model[32];			/* or board; "": not said */
	} key;
	uint64_t before;		/* devices of the kinds before it in the list */
};

struct inventory {
	struct tally kinds;		/* of struct device_kind, in the order in which the file has them */
	uint64_t devices;
	uint64_t elsewhere, unknown;	/* left out: of another platform, and whose version is not known */
};

/* False, and at least one error: the file cannot be used. */
bool inventory_read(struct inventory *, const char *path, enum platform, struct messages *);
/* Of what kind the device is; number below devices. The kind's number. */
size_t inventory_kind(const struct inventory *, uint64_t number);
const struct device_kind *inventory_at(const struct inventory *, size_t kind);
void inventory_free(struct inventory *);

#endif
