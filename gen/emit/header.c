/* Writes the parts of machine.h. */
#include "emit.h"

#include <string.h>

enum { WIDTH = 118 };

/* A long list, broken into lines. */
struct list {
	struct out *out;
	size_t column;
};

static void
list_add(struct list *list, const char *text)
{
	if (list->column + strlen(text) + 2 > WIDTH) {
		out_text(list->out, "\n\t");
		list->column = 8;
	}
	out_text(list->out, "%s", text);
	list->column += strlen(text);
}

static struct list
list_begin(struct out *out, const char *text)
{
	struct list list = {out, 0};

	list_add(&list, text);
	return list;
}

static void
write_origin(struct out *out)
{
	const struct machine *m = out->machine;

	out_text(out, "/* Generated from %s: edit that instead.%s%s */\n", m->file, *m->about ? "\n * " : "", m->about);
}

static void
write_include(struct out *out)
{
	for (unsigned i = 0; i < out->machine->include_count; i++)
		out_text(out, "#include \"%s\"\n", out->machine->include[i]);
}

static void
write_regions(struct out *out)
{
	struct list list = list_begin(out, "enum region { ");

	for (size_t i = 0; i < out->machine->regions.count; i++)
		list_add(&list, keep_format("REGION_%s, ", keep_upper(model_region(out->machine, i)->c_name)));
	list_add(&list, "REGIONS };\n");
}

static void
write_lengths(struct out *out)
{
	for (size_t i = 0; i < out->machine->lengths.count; i++) {
		const struct length *length = out->machine->lengths.value[i];

		out_text(out, "#define %s %s\t/* ms */\n", length->c_name, length->text);
	}
}

static void
write_states(struct out *out)
{
	struct list list = list_begin(out, "enum state { ");

	for (unsigned i = 0; i < out->machine->state_count; i++)
		list_add(&list, keep_format("%s, ", out_state(out->machine->states[i])));
	list_add(&list, "STATES };\n");
}

static void
write_events(struct out *out)
{
	struct list list = list_begin(out, "enum event_kind { ");

	for (size_t i = 0; i < out->machine->events.count; i++)
		list_add(&list, keep_format("EV_%s, ", keep_upper(model_event(out->machine, i)->c_name)));
	out_text(out, "\n\tEV_TIMER /* always last: a timer of the machine is due */, EVENTS };\n");
}

static void
write_effects(struct out *out)
{
	struct list list = list_begin(out, "enum effect_kind { ");

	for (size_t i = 0; i < out->machine->effects.count; i++)
		list_add(&list, keep_format("FX_%s, ", keep_upper(model_effect(out->machine, i)->c_name)));
	list_add(&list, "EFFECTS };\n");
}

static void
write_groups(struct out *out)
{
	struct list list = list_begin(out, "enum event_group { ");

	for (size_t i = 0; i < out->machine->groups.count; i++)
		list_add(&list, keep_format("GROUP_%s, ", keep_upper(out->machine->groups.name[i])));
	list_add(&list, "EVENT_GROUPS };\n");
}

static void
write_owners(struct out *out)
{
	struct list list = list_begin(out, "enum owner { ");

	for (size_t i = 0; i < out->machine->owners.count; i++)
		list_add(&list, keep_format("OWNER_%s, ", keep_upper(out->machine->owners.name[i])));
	list_add(&list, "OWNER_DRIVER, OWNERS };\n");
}

static void
write_shown(struct out *out)
{
	struct list list = list_begin(out, "enum shown { ");

	for (size_t i = 0; i < out->machine->shown.count; i++)
		list_add(&list, keep_format("SHOWN_%s, ", keep_upper(out->machine->shown.name[i])));
	list_add(&list, "SHOWNS };\n");
}

/* owner: NULL for drivers. */
static void
write_effects_of(struct out *out, const char *owner)
{
	out_text(out, "#define EFFECTS_BY_%s(X)", owner ? keep_upper(owner) : "DRIVER");
	for (size_t i = 0; i < out->machine->effects.count; i++) {
		const struct kind *effect = model_effect(out->machine, i);

		if (owner ? !effect->verb && effect->owner && strcmp(effect->owner, owner) == 0 : effect->verb != NULL)
			out_text(out, " \\\n\tX(%s, %s)", keep_upper(effect->c_name), effect->c_name);
	}
	out_text(out, "\n");
}

static void
write_events_of(struct out *out, const struct group *group)
{
	out_text(out, "#define EVENTS_BY_%s(X)", keep_upper(group->c_name));
	for (unsigned i = 0; i < out->machine->events.count; i++)
		if (group->has[i])
			out_text(out, " \\\n\tX(%s, %s)", keep_upper(model_event(out->machine, i)->c_name),
				model_event(out->machine, i)->c_name);
	out_text(out, "\n");
}

static void
write_owned(struct out *out)
{
	for (size_t i = 0; i < out->machine->owners.count; i++)
		write_effects_of(out, out->machine->owners.name[i]);
	write_effects_of(out, NULL);
	for (size_t i = 0; i < out->machine->groups.count; i++)
		write_events_of(out, out->machine->groups.value[i]);
}

static void
write_phrases(struct out *out)
{
	out_text(out, "#define STATE_PHRASES(X)");
	for (unsigned i = 0; i < out->machine->state_count; i++) {
		const struct state *s = out->machine->states[i];

		if (s->phrase)
			out_text(out, " \\\n\tX(%s, %s)", out_state(s), keep_upper(s->phrase));
	}
	out_text(out, "\n");
}

static void
write_timers(struct out *out)
{
	struct list list = list_begin(out, "enum timer { ");

	for (size_t i = 0; i < out->machine->timers.count; i++)
		list_add(&list, keep_format("TM_%s, ", keep_upper(model_timer(out->machine, i)->c_name)));
	list_add(&list, "TIMERS };\n");
}

static void
write_types(struct out *out)
{
	for (size_t i = 0; i < out->machine->types.count; i++) {
		const struct type *t = out->machine->types.value[i];
		struct list list;

		if (!t->words)
			continue;
		list = list_begin(out, keep_format("enum %s { ", t->c_name));
		for (const char **word = t->words; *word; word++)
			list_add(&list, keep_format("%s_%s%s", keep_upper(t->c_name), keep_upper(keep_c_name(*word)),
				word[1] ? ", " : " "));
		list_add(&list, "};\n");
	}
}

/* The fields of many kinds share one struct, each name once. */
static void
write_fields(struct out *out, const struct kind *const *kinds, size_t count)
{
	struct list list = list_begin(out, "\tint64_t ");
	struct names seen = {0};

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < kinds[i]->fields.count; j++) {
			struct field *field = model_field(kinds[i], j);

			if (names_find(&seen, field->c_name))
				continue;
			list_add(&list, keep_format("%s%s", seen.count ? ", " : "", field->c_name));
			names_add(&seen, field->c_name, field);
		}
	list_add(&list, seen.count ? ";\n" : "none_;\n");
}

static void
write_struct(struct out *out, const struct kind *kind)
{
	out_text(out, "struct %s {\n", kind->c_name);
	write_fields(out, &kind, 1);
	out_text(out, "};\n");
}

static void
write_settings(struct out *out)
{
	write_struct(out, &out->machine->settings);
}

static void
write_observed(struct out *out)
{
	write_struct(out, &out->machine->observed);
}

static void
write_event_fields(struct out *out)
{
	write_fields(out, (const struct kind *const *)out->machine->events.value, out->machine->events.count);
}

static void
write_effect_fields(struct out *out)
{
	write_fields(out, (const struct kind *const *)out->machine->effects.value, out->machine->effects.count);
}

static void
write_limits(struct out *out)
{
	const struct machine *m = out->machine;

	out_text(out, "#define MACHINE_EFFECTS %u\t/* the most that one event can ask, computed */\n",
		m->effects_max ? m->effects_max : 1);
	out_text(out, "#define MACHINE_SLOTS %u\t\t/* the most timers that can run at once */\n", m->slots ? m->slots : 1);
}

/* Wide fields first, so that no room is lost between them. */
static void
write_context(struct out *out)
{
	const struct names *fields = &out->machine->context.fields;

	for (unsigned size = 8; size; size /= 2)
		for (size_t i = 0; i < fields->count; i++) {
			const struct field *field = fields->value[i];

			if (field->type->size == size)
				out_text(out, "\t%s %s;\n", field->type->c_type, field->c_name);
		}
}

static void
write_leaves(struct out *out)
{
	out_text(out, "\tuint%d_t state[REGIONS];\t\t\t/* leaf states, enum state */\n",
		out->machine->state_count < 256 ? 8 : 16);
}

static void
write_table_sizes(struct out *out)
{
	const struct machine *m = out->machine;

	out_text(out, "extern const struct kind machine_effect[%s];\n", m->effects.count ? "EFFECTS" : "1");
	out_text(out, "extern const char *const machine_timer[%s];\n", m->timers.count ? "TIMERS" : "1");
}

const struct part emit_header_parts[] = {
	{"origin", write_origin},
	{"include", write_include},
	{"regions", write_regions},
	{"durations", write_lengths},
	{"states", write_states},
	{"events", write_events},
	{"effects", write_effects},
	{"groups", write_groups},
	{"owners", write_owners},
	{"shown", write_shown},
	{"owned", write_owned},
	{"phrases", write_phrases},
	{"timers", write_timers},
	{"types", write_types},
	{"settings", write_settings},
	{"observed", write_observed},
	{"event_fields", write_event_fields},
	{"effect_fields", write_effect_fields},
	{"limits", write_limits},
	{"context", write_context},
	{"leaves", write_leaves},
	{"table_sizes", write_table_sizes},
	{NULL, NULL},
};
