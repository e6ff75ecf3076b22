/* devices - a list of devices as CSV, as any inventory exports it: one at a time, so that a million of them need no
 * more memory than one.
 *
 * The first row names the columns, in any order: name and version must be there; platform, build, model (of a Mac:
 * Mac15,6 or its board, J514sAP), zone (an IANA name) and blueprint may. Others are passed over. */
#ifndef DEVICES_H
#define DEVICES_H

#include "core/plan.h"
#include "message.h"

#define DEVICES_BLUEPRINT 128	/* bytes of a blueprint's name, the NUL too */

struct listed_device {		/* texts are borrowed until the next row; "": not said */
	const char *name, *blueprint, *model;
	struct device device;	/* version: VERSION_NONE when not said; zone: UTC when not said */
	bool platform_said, zone_said;
	struct place blueprint_place;
	unsigned line;
};

struct devices;

/* NULL, and at least one error, when the file cannot be read or its first row does not name the columns. Borrows path. */
struct devices *devices_open(const char *path, struct messages *);
/* False: there are no more. Rows with errors are passed over once all of their errors are in messages. */
bool devices_next(struct devices *, struct listed_device *, struct messages *);
void devices_close(struct devices *);

#endif
