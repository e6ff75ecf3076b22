/* devices - reads a list of devices from CSV, as any inventory exports it, one device at a time: a million of them take
 * no more memory than one. It is in text because tools of authors and of QA both read such lists.
 *
 * The first row names the columns, in any order. name and version are mandatory; platform, build, model (of a Mac:
 * Mac15,6 or its board, J514sAP), zone (an IANA name) and blueprint are optional. Other columns are ignored. */
#ifndef DEVICES_H
#define DEVICES_H

#include "core/plan.h"
#include "message.h"

#define DEVICES_BLUEPRINT 128	/* bytes of a blueprint's name, with its NUL */

struct listed_device {		/* texts are borrowed until the next row; "": not given */
	const char *name, *blueprint, *model;
	struct device device;	/* version: VERSION_NONE if not given; zone: UTC if not given */
	bool platform_given, zone_given;
	struct place blueprint_place;
	unsigned line;
};

struct devices;

/* Returns NULL, and at least one error, if the file cannot be read or its first row is wrong. Borrows path. */
struct devices *devices_open(const char *path, struct messages *);
/* Gets the next device. Returns false at the end. Reports all errors of a bad row, and skips it. */
bool devices_next(struct devices *, struct listed_device *, struct messages *);
void devices_close(struct devices *);

#endif
