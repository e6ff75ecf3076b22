#include <assert.h>
#include <string.h>

#include "fields.h"
#include "text/json.h"

#define COUNT(array) (sizeof (array) / sizeof (array)[0])

const char *const line_key[] = {
	[LINE_HEADER] = "trace", [LINE_EVENT] = "event", [LINE_STATE] = "state", [LINE_EFFECT] = "effect",
	[LINE_SETTINGS] = "settings", [LINE_CRASH] = "crash", [LINE_END] = "end", NULL,
};

static const char *const timer_words[] = {"automatic", "recorded", NULL};

#define AT(type, member) .offset = offsetof(struct type, member)
static const struct field header_fields[] = {
	{.name = "trace"},
	{.name = "story", .type = "text", AT(trace_header, story), .optional = true},
	{.name = "policy", .type = "text", AT(trace_header, policy), .optional = true},
	{.name = "settings", .optional = true},
	{.name = "device", .optional = true},
	{.name = "timers", .words = timer_words, AT(trace_header, recorded), .optional = true},
	{.name = "machine", .type = "name", AT(trace_header, machine), .optional = true},
	{.name = "boot", .type = "name", AT(trace_header, boot), .optional = true},
}, device_fields[] = {
	{.name = "platform", .type = "name", AT(trace_header, platform), .optional = true},
	{.name = "version", .type = "version", AT(trace_header, version), .optional = true},
	{.name = "build", .type = "name", AT(trace_header, build), .optional = true},
	{.name = "model", .type = "name", AT(trace_header, model), .optional = true},
	{.name = "board", .type = "name", AT(trace_header, board), .optional = true},
	{.name = "time_zone", .type = "name", AT(trace_header, time_zone), .optional = true},
}, settings_line_fields[] = {
	{.name = "policy", .type = "text", AT(trace_header, policy), .optional = true},
}, timer_fields[] = {
	{.name = "timer"},
}, boot_fields[] = {
	{.name = "boot", .type = "name", AT(trace_line, boot), .optional = true},
};

#define IN(member) offsetof(struct trace_line, member)
const struct part trace_device = {device_fields, COUNT(device_fields), IN(header)};

struct part
trace_settings(void)
{
	return (struct part){machine_settings.fields, machine_settings.field_count, IN(header.settings)};
}

unsigned
trace_parts(const struct trace_line *l, struct part parts[TRACE_PARTS])
{
	const struct kind *event = &machine_event[l->event.kind], *effect = &machine_effect[l->effect.kind];

	switch (l->kind) {
	case LINE_HEADER:
		parts[0] = (struct part){header_fields, COUNT(header_fields), IN(header)};
		return 1;
	case LINE_SETTINGS:
		parts[0] = (struct part){settings_line_fields, COUNT(settings_line_fields), IN(header)};
		return 1;
	case LINE_EVENT:
		parts[0] = (struct part){event->fields, event->field_count, IN(event)};
		if (l->event.kind == EV_TIMER)
			parts[0] = (struct part){timer_fields, COUNT(timer_fields), IN(event)};
		parts[1] = (struct part){boot_fields, COUNT(boot_fields), 0};
		return 2;
	case LINE_EFFECT:
		parts[0] = (struct part){effect->fields, effect->field_count, IN(effect)};
		return 1;
	case LINE_STATE:
	case LINE_CRASH:
	case LINE_END:
		break;
	}
	return 0;
}

bool
trace_copy_settings(const struct trace_header *h, struct settings *settings)
{
	const struct part part = trace_settings();
	bool all = h->has_settings;

	for (size_t i = 0; i < part.count && h->has_settings; i++) {
		const char *given = (const char *)&h->settings + part.fields[i].offset;

		if (!memcmp(given, &(int64_t){TRACE_ABSENT}, sizeof (int64_t)))
			all = false;
		else
			memcpy((char *)settings + part.fields[i].offset, given, sizeof (int64_t));
	}
	return all;
}

static void
put_key(struct out *o, const char *key)
{
	if (o->end[-1] != '{')
		*o->end++ = ',';
	out_string(o, key);
	*o->end++ = ':';
}

static void
put_field(struct out *o, const struct field *f, const void *base)
{
	const void *value = (const char *)base + f->offset;
	int64_t word;

	if (f->words) {
		memcpy(&word, value, sizeof word);
		put_key(o, f->name);
		out_string(o, f->words[word]);
	} else if (f->type) {
		const struct jsonvalue *type = jsonvalue_type(f->type);

		if (f->optional && type->absent(value))
			return;
		put_key(o, f->name);
		type->encode(o, value);
	}
}

static void
put_typed(struct out *o, const char *key, const char *type, const void *value)
{
	put_key(o, key);
	jsonvalue_type(type)->encode(o, value);
}

static void
put_settings(struct out *o, const struct trace_line *l)
{
	const struct part settings = trace_settings();
	const char *base = (const char *)l + settings.offset;
	int64_t value;

	put_key(o, "settings");
	out_text(o, "{");
	for (size_t i = 0; i < settings.count; i++) {
		memcpy(&value, base + settings.fields[i].offset, sizeof value);
		if (value != TRACE_ABSENT)
			put_field(o, &settings.fields[i], base);
	}
	out_text(o, "}");
}

static void
put_device(struct out *o, const struct trace_line *l)
{
	char *before = o->end;

	put_key(o, "device");
	out_text(o, "{");
	for (size_t i = 0; i < trace_device.count; i++)
		put_field(o, &trace_device.fields[i], (const char *)l + trace_device.offset);
	if (o->end[-1] == '{')
		o->end = before;
	else
		out_text(o, "}");
}

/* Writes the key that identifies the kind of line: "event":"remind". */
static void
put_kind(struct out *o, const struct trace_line *l)
{
	const char *name = l->kind == LINE_EVENT ? machine_event[l->event.kind].name :
			   l->kind == LINE_STATE ? machine_state[l->state].path :
			   l->kind == LINE_EFFECT ? machine_effect[l->effect.kind].name : NULL;

	if (l->kind == LINE_SETTINGS) {
		put_settings(o, l);
		return;
	}
	put_key(o, line_key[l->kind]);
	if (name)
		out_string(o, name);
	else
		out_text(o, l->kind == LINE_HEADER ? "1" : "true");
}

static void
put_part(struct out *o, const struct trace_line *l, const struct part *part)
{
	for (size_t i = 0; i < part->count; i++) {
		const struct field *f = &part->fields[i];

		if (f->words || f->type) {
			put_field(o, f, (const char *)l + part->offset);
		} else if (!strcmp(f->name, "timer")) {
			put_key(o, "timer");
			out_string(o, machine_timer[l->event.timer]);
		} else if (!strcmp(f->name, "device")) {
			put_device(o, l);
		} else if (!strcmp(f->name, "settings") && l->header.has_settings) {
			put_settings(o, l);
		}
	}
}

size_t
trace_encode(const struct trace_line *l, char out[TRACE_LINE_MAX])
{
	struct part parts[TRACE_PARTS];
	unsigned count = trace_parts(l, parts);
	struct out o = {out};

	out_text(&o, "{");
	if (l->kind != LINE_HEADER)
		put_typed(&o, "at", "instant", &l->at);
	put_kind(&o, l);
	for (unsigned i = 0; i < count; i++)
		put_part(&o, l, &parts[i]);
	if (l->has_awake)
		put_typed(&o, "awake", "number", &l->awake);
	if (l->seq)
		put_typed(&o, "seq", "number", &l->seq);
	out_text(&o, "}");
	assert(o.end < out + TRACE_LINE_MAX);
	return (size_t)(o.end - out);
}
