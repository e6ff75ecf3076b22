/* tally - devices counted by what becomes of them, and tables of such counts by a text such as their time zone. Memory
 * does not grow with the number of devices. */
#ifndef TALLY_H
#define TALLY_H

#include "fleet.h"

struct tally {		/* zero at first */
	unsigned long devices, groups[GROUPS];
	unsigned long at_once;		/* notified at the next check-in */
	const struct zone *zone;	/* where the first deadline to come is; NULL: there is none */
	int64_t due;			/* when, UTC ms */
	int64_t beyond;			/* the newest version that some cannot run */
};

void tally_add(struct tally *, const struct listed_device *, const struct judgement *);
void tally_join(struct tally *, const struct tally *part);

#define TALLY_NAME DEVICES_BLUEPRINT
#define TALLY_ROWS 1024		/* there are 600 time zones */

struct tally_row {
	char name[TALLY_NAME];
	struct tally tally;	/* devices: 0 in free rows */
};

struct tallies;

struct tallies *tallies_new(void);
void tallies_free(struct tallies *);
/* The row of that name; once there are TALLY_ROWS, of all that have none. "": not said. */
struct tally *tallies_row(struct tallies *, const char *name);
/* How many; *list is borrowed until the next call: by name, "" and then those without a row (NULL name) last. */
struct tally_line {
	const char *name;
	const struct tally *tally;
};
unsigned tallies_list(struct tallies *, const struct tally_line **list);

#endif
