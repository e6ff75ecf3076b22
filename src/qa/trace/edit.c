/* edit - reads traces line by line; moves them in time; anonymises them. */
#include "edit.h"

#include <string.h>

#include "text/memory.h"
#include "qa/replay/source.h"

#define ANONYMOUS_BEGIN INT64_C(946684800000)	/* 2000-01-01T00:00:00Z */

struct trace_reader *
trace_reader_new(const struct trace_text *t, struct messages *messages)
{
	struct trace_reader *r = memory_zeroed(sizeof *r);
	r->trace = t;
	r->messages = messages;
	r->lines = lines_of(t->bytes, t->length);
	return r;
}

bool
trace_refuse(struct trace_reader *r, const char *text)
{
	message_add(r->messages, MESSAGE_ERROR, r->trace->name, (struct place){(unsigned)r->lines.count, 0}, "%s", text);
	r->failed = true;
	return false;
}

bool
trace_next(struct trace_reader *r)
{
	bool first = r->text == NULL;

	do
		if (!lines_next(&r->lines, &r->text, &r->length))
			return first ? trace_refuse(r, "expected a header, {\"trace\":1,...}, found nothing") : false;
	while (strspn(r->text, " \t\r") >= r->length);
	if (!trace_decode(r->text, r->length, r->trace->name, (unsigned)r->lines.count, &r->line, r->messages)) {
		r->failed = true;
		return false;
	}
	if (first != (r->line.kind == LINE_HEADER))
		return trace_refuse(r, first ? "expected a header, {\"trace\":1,...}" : "expected no second header");
	return true;
}

/* Without the seal: seq and crc would no longer fit. */
void
trace_put(const struct trace_line *l, FILE *out)
{
	struct trace_line *bare = memory_resize(NULL, sizeof *bare);
	char text[TRACE_LINE_MAX];

	*bare = *l;
	bare->seq = 0;
	trace_encode(bare, text);
	fprintf(out, "%s\n", text);
	free(bare);
}

bool
trace_settings_all(struct trace_reader *r, struct settings *settings)
{
	struct trace_header *h = &r->line.header;

	if (source_settings(r->trace->name, h, settings, r->messages))
		return trace_refuse(r, "cannot use the policy of this line, so its settings are unknown");
	h->settings = *settings;
	h->has_settings = true;
	h->policy[0] = '\0';
	return true;
}

/* --- moved in time --- */

/* Returns instant number i of a line, or NULL if it has no more. */
static int64_t *
line_instant(struct trace_line *l, unsigned i)
{
	const struct kind *kind = l->kind == LINE_EVENT ? &machine_event[l->event.kind] :
				  l->kind == LINE_EFFECT ? &machine_effect[l->effect.kind] : NULL;
	char *base = l->kind == LINE_EVENT ? (char *)&l->event : (char *)&l->effect;

	if (i == 0)
		return l->kind == LINE_HEADER ? NULL : &l->at;
	for (unsigned k = 0; kind && k < kind->field_count; k++)
		if (kind->fields[k].type && !strcmp(kind->fields[k].type, "instant") && !--i)
			return (int64_t *)(void *)(base + kind->fields[k].offset);
	return NULL;
}

static bool
move_instants(struct trace_reader *r, int64_t by)
{
	static const int64_t last = INT64_C(253402300799999);	/* the end of 9999 */
	int64_t *instant;

	for (unsigned i = 0; (instant = line_instant(&r->line, i)); i++) {
		if (*instant + by < 0 || *instant + by > last)
			return trace_refuse(r, "this instant would be moved out of the years 1970 to 9999");
		*instant += *instant ? by : 0;
	}
	return true;
}

bool
trace_begins(const struct trace_text *t, int64_t *at, struct messages *messages)
{
	struct trace_reader *r = trace_reader_new(t, messages);
	bool good = trace_next(r) &&
		(trace_next(r) || (!r->failed && trace_refuse(r, "expected a line with a time, found only a header")));

	*at = r->line.at;
	free(r);
	return good;
}

bool
trace_shift(const struct trace_text *t, int64_t by, FILE *out, struct messages *messages)
{
	struct trace_reader *r = trace_reader_new(t, messages);
	bool good;

	while (trace_next(r) && move_instants(r, by))
		trace_put(&r->line, out);
	good = !r->failed;
	free(r);
	return good;
}

/* --- without names --- */

struct disguise {
	int64_t by, awake;		/* by: added to instants; awake: subtracted from the awake clock */
	bool based;			/* awake is known */
	char boot[TRACE_NAME];		/* the last id found */
	unsigned boots;
	struct settings settings;
};

/* Replaces a boot id by a number. */
static void
hide_boot(struct disguise *d, char boot[TRACE_NAME])
{
	if (!boot[0])
		return;
	if (!d->boots || strcmp(d->boot, boot) != 0)
		d->boots++;
	memcpy(d->boot, boot, TRACE_NAME);
	snprintf(boot, TRACE_NAME, "boot-%u", d->boots);
}

static bool
hide_header(struct trace_reader *r, struct disguise *d)
{
	struct trace_header *h = &r->line.header;

	if (!trace_settings_all(r, &d->settings))
		return false;
	h->story[0] = h->build[0] = h->model[0] = h->board[0] = h->time_zone[0] = '\0';
	hide_boot(d, h->boot);
	return true;
}

/* Moves the awake clock, which would tell when the device was started. */
static void
hide_awake(struct trace_line *l, struct disguise *d)
{
	if (l->kind == LINE_EVENT && l->event.kind == EV_BOOTED) {
		d->awake = 0;
		d->based = true;
	}
	if (!l->has_awake)
		return;
	if (!d->based)
		d->awake = l->awake;
	d->based = true;
	l->awake -= d->awake < l->awake ? d->awake : l->awake;
}

/* Finds the distance to the year 2000, but not so far that a clock that was set back would show a time before 1970. */
static bool
find_disguise(const struct trace_text *t, struct disguise *d, struct messages *messages)
{
	struct trace_reader *r = trace_reader_new(t, messages);
	int64_t first = NEVER, least = NEVER;
	bool good;

	while (trace_next(r)) {
		const int64_t *instant;

		if (first == NEVER && r->line.kind != LINE_HEADER)
			first = r->line.at;
		for (unsigned i = 0; (instant = line_instant(&r->line, i)); i++)
			least = *instant && *instant < least ? *instant : least;
	}
	d->by = first == NEVER ? 0 : ANONYMOUS_BEGIN - first;
	if (least != NEVER && least + d->by < 0)
		d->by = -least;
	good = !r->failed;
	free(r);
	return good;
}

bool
trace_anonymise(const struct trace_text *t, FILE *out, struct messages *messages)
{
	struct disguise d = {0};
	struct trace_reader *r;
	bool good;

	if (!find_disguise(t, &d, messages))
		return false;
	r = trace_reader_new(t, messages);
	source_defaults(&d.settings);
	while (trace_next(r) && move_instants(r, d.by)) {
		if ((r->line.kind == LINE_HEADER || r->line.kind == LINE_SETTINGS) && !hide_header(r, &d))
			break;
		hide_boot(&d, r->line.boot);
		hide_awake(&r->line, &d);
		trace_put(&r->line, out);
	}
	good = !r->failed;
	free(r);
	return good;
}
