#include "devices.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/version.h"
#include "csv.h"
#include "memory.h"
#include "zone.h"

enum column { NAME, PLATFORM, VERSION, BUILD, MODEL, ZONE, BLUEPRINT, COLUMNS };

static const char *const columns[] = {
	[NAME] = "name", [PLATFORM] = "platform", [VERSION] = "version", [BUILD] = "build", [MODEL] = "model",
	[ZONE] = "zone", [BLUEPRINT] = "blueprint", [COLUMNS] = NULL,
};

#define ZONES 1024	/* slots of the cache; there are about 600 zones */

struct devices {
	const char *path;
	unsigned at[COLUMNS];		/* position in a row, from 1; 0: no such column */
	unsigned width;
	const struct zone *zones[ZONES];	/* a cache, by the hash of the name */
	struct csv csv;
};

static bool
report_place(const struct devices *d, struct place place, const char *text, struct messages *ms)
{
	message_add(ms, MESSAGE_ERROR, d->path, place, "%s", text);
	return false;
}

/* Warns of a name that is probably a misspelt column. Any other unknown column is ignored. */
static void
suggest_column(const struct devices *d, const struct csv_field *f, struct messages *ms)
{
	const char *near = message_near(f->text, columns);
	char quoted[QUOTED_SIZE];

	for (unsigned i = 0; near && i < COLUMNS; i++)
		if (strcmp(near, columns[i]) == 0 && !d->at[i])
			message_add(ms, MESSAGE_ERROR, d->path, f->place, "unknown column %s (did you mean \"%s\"?)",
				message_quote(f->text, f->length, quoted), near);
}

static void
name_column(struct devices *d, unsigned at, struct messages *ms)
{
	const struct csv_field *f = &d->csv.field[at];

	for (unsigned i = 0; i < COLUMNS; i++) {
		if (strcmp(f->text, columns[i]) != 0)
			continue;
		if (d->at[i])
			message_add(ms, MESSAGE_ERROR, d->path, f->place, "duplicate column \"%s\"", columns[i]);
		d->at[i] = at + 1;
	}
}

static bool
read_header(struct devices *d, struct messages *ms)
{
	static const enum column needed[] = {NAME, VERSION};
	unsigned errors = ms->errors;
	enum csv_row row = csv_next(&d->csv);

	if (row == CSV_END)
		return report_place(d, (struct place){0}, "expected a first row with the names of columns, found an "
			"empty file", ms);
	if (row == CSV_BAD)
		return report_place(d, d->csv.bad, d->csv.why, ms);
	d->width = d->csv.count;
	if (d->width == 1 && strpbrk(d->csv.field[0].text, ";\t"))
		return report_place(d, d->csv.field[0].place,
			"expected columns separated by commas, found semicolons or tabs", ms);
	for (unsigned i = 0; i < d->width; i++)
		name_column(d, i, ms);
	for (unsigned i = 0; i < d->width; i++)
		suggest_column(d, &d->csv.field[i], ms);
	for (unsigned i = 0; i < sizeof needed / sizeof *needed && ms->errors == errors; i++)
		if (!d->at[needed[i]])
			message_add(ms, MESSAGE_ERROR, d->path, (struct place){1, 0}, "missing column \"%s\": expected name, "
				"version, and optionally platform, build, model, zone, blueprint", columns[needed[i]]);
	return ms->errors == errors;
}

struct devices *
devices_open(const char *path, struct messages *ms)
{
	struct devices *d = memory_resize(NULL, sizeof *d);
	struct stat st;

	memset(d, 0, sizeof *d);
	d->path = path;
	d->csv.in = fopen(path, "re");
	if (!d->csv.in || fstat(fileno(d->csv.in), &st) != 0)
		report_place(d, (struct place){0}, strerror(errno), ms);
	else if (S_ISDIR(st.st_mode))
		report_place(d, (struct place){0}, "expected a file, found a folder", ms);
	else if (read_header(d, ms))
		return d;
	devices_close(d);
	return NULL;
}

static const struct csv_field *
find_cell(const struct devices *d, enum column column)
{
	static const struct csv_field none = {.text = ""};

	return d->at[column] ? &d->csv.field[d->at[column] - 1] : &none;
}

/* Returns false, like report_place. */
static bool
report_value(const struct devices *d, const struct csv_field *f, const char *what, const char *near, struct messages *ms)
{
	char quoted[QUOTED_SIZE];

	message_add(ms, MESSAGE_ERROR, d->path, f->place, "expected %s, found %s%s%s%s", what,
		message_quote(f->text, f->length, quoted), near ? " (did you mean \"" : "", near ? near : "",
		near ? "\"?)" : "");
	return false;
}

static bool
read_name(const struct devices *d, struct listed_device *out, struct messages *ms)
{
	const struct csv_field *f = find_cell(d, NAME);

	out->name = f->text;
	for (const char *c = f->text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return report_value(d, f, "a name without control characters", NULL, ms);
	return f->length || report_value(d, f, "the device's name", NULL, ms);
}

static bool
read_blueprint(const struct devices *d, struct listed_device *out, struct messages *ms)
{
	const struct csv_field *f = find_cell(d, BLUEPRINT);
	size_t at = 0, n = 1;

	out->blueprint = f->text;
	out->blueprint_place = f->place;
	while (at < f->length && n)
		at += n = message_printable(f->text + at, f->length - at);
	if (at == f->length && at < DEVICES_BLUEPRINT)
		return true;
	return report_value(d, f, "a blueprint's name of at most 127 bytes without control characters", NULL, ms);
}

static bool
read_platform(const struct devices *d, struct listed_device *out, struct messages *ms)
{
	static const char *const platforms[] = {"macos", "linux", NULL};	/* enum platform */
	const struct csv_field *f = find_cell(d, PLATFORM);

	out->platform_given = f->length > 0;
	if (!f->length)
		return true;
	for (unsigned i = 0; platforms[i]; i++)
		if (strcmp(f->text, platforms[i]) == 0) {
			out->device.platform = (enum platform)i;
			return true;
		}
	return report_value(d, f, "macos or linux", message_near(f->text, platforms), ms);
}

static bool
read_version(const struct devices *d, struct listed_device *out, struct messages *ms)
{
	const struct csv_field *f = find_cell(d, VERSION);

	return !f->length || version_parse(f->text, &out->device.version) ||
		report_value(d, f, "a version such as 15.2, 15.2.1 or 13.4.1 (a)", NULL, ms);
}

/* Uses a cache, because most rows have the zone of an earlier row. */
static const struct zone *
find_zone(struct devices *d, const char *name)
{
	const struct zone **slot;
	unsigned hash = 5381;
	const char *why;

	for (const char *c = name; *c; c++)
		hash = hash * 33 + (unsigned char)*c;
	slot = &d->zones[hash % ZONES];
	if (!*slot || strcmp((*slot)->name, name) != 0) {
		const struct zone *zone = zone_load(name, &why);

		if (!zone)
			return NULL;
		*slot = zone;
	}
	return *slot;
}

static bool
read_zone(struct devices *d, struct listed_device *out, struct messages *ms)
{
	const struct csv_field *f = find_cell(d, ZONE);

	out->zone_given = f->length > 0;
	out->device.zone = f->length ? find_zone(d, f->text) : &calendar_utc;
	if (out->device.zone)
		return true;
	/* A suggestion needs a search through all names, so messages that will not be shown get none. */
	return report_value(d, f, "a time zone such as America/New_York",
		ms->count < MESSAGES_KEPT ? zone_near(f->text) : NULL, ms);
}

static bool
read_row(struct devices *d, struct listed_device *out, struct messages *ms)
{
	const char *build = find_cell(d, BUILD)->text, *model = find_cell(d, MODEL)->text;
	bool good;

	*out = (struct listed_device){.model = model, .line = d->csv.field[0].place.line};
	if (*build)
		out->device.build = build;
	if (*model)
		plan_name_device(&out->device, model);
	good = read_name(d, out, ms);
	good = read_platform(d, out, ms) && good;
	good = read_version(d, out, ms) && good;
	good = read_blueprint(d, out, ms) && good;
	return read_zone(d, out, ms) && good;
}

bool
devices_next(struct devices *d, struct listed_device *out, struct messages *ms)
{
	for (;;) {
		enum csv_row row = csv_next(&d->csv);

		if (row == CSV_END)
			break;
		if (row == CSV_BAD)
			report_place(d, d->csv.bad, d->csv.why, ms);
		else if (d->csv.count != d->width)
			message_add(ms, MESSAGE_ERROR, d->path, (struct place){d->csv.field[0].place.line, 0},
				"expected %u fields, as in the first row, found %u", d->width, d->csv.count);
		else if (read_row(d, out, ms))
			return true;
	}
	if (ferror(d->csv.in))
		report_place(d, d->csv.place, "cannot read the rest of the file", ms);
	return false;
}

void
devices_close(struct devices *d)
{
	if (d->csv.in)
		fclose(d->csv.in);
	free(d);
}
