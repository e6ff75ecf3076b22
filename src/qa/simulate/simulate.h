/* simulate - what the files of this subcommand share. */
#ifndef SIMULATE_H
#define SIMULATE_H

#include <stdbool.h>
#include <stdint.h>

/* A rollout to count. Texts are paths, or NULL. */
struct rollout {
	const char *policy, *feed, *svg;
	const char *list;		/* of devices; NULL: so many */
	int64_t start;			/* UTC ms; 0: chosen */
	uint64_t seed;
	uint32_t devices, days;
	bool csv;
};

/* An exit code. */
int simulate_rollout(const struct rollout *);

#endif
