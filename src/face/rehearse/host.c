#include "host.h"

#include <stddef.h>

/* The occasion of each effect of the view. A missing one is a compiler error that names it. */
#define BY_BANNER        ON_UPDATE
#define BY_WARNING       ON_WARNING
#define BY_WITHDRAW      OCCASIONS
#define BY_BADGE         OCCASIONS
#define BY_OPEN_INFO     ON_INFO
#define BY_OPEN_TIMER    ON_TIMER
#define BY_OPEN_PROGRESS OCCASIONS
#define BY_CLOSE_WINDOWS OCCASIONS

enum occasion
host_occasion(enum effect_kind kind)
{
	static const enum occasion occasions[EFFECTS] = {
#define OCCASION(NAME, name) [FX_##NAME] = BY_##NAME,
		EFFECTS_BY_VIEW(OCCASION)
	};

	return machine_effect[kind].owner == OWNER_VIEW ? occasions[kind] : OCCASIONS;
}

void
script_add(struct script *s, enum occasion occasion, enum event_kind kind, int64_t remind)
{
	s->list[s->count++] = (struct reaction){
		.occasion = occasion, .after = HOST_REACTION, .intent = {.kind = kind, .for_ = remind}};
}

static struct reaction *
unused_reaction(struct script *s, enum occasion occasion)
{
	for (unsigned i = 0; i < s->count; i++)
		if (s->list[i].occasion == occasion && !s->list[i].used)
			return &s->list[i];
	return NULL;
}

static void
reuse_reactions(struct script *s, enum occasion occasion)
{
	for (unsigned i = 0; i < s->count; i++)
		s->list[i].used &= s->list[i].occasion != occasion;
}

const struct reaction *
script_next(struct script *s, enum effect_kind kind)
{
	enum occasion occasion = host_occasion(kind);
	struct reaction *found = unused_reaction(s, occasion);

	if (!found && s->repeats) {
		reuse_reactions(s, occasion);
		found = unused_reaction(s, occasion);
	}
	if (!found)
		return NULL;
	found->used = true;
	return found->silent ? NULL : found;
}

enum event_kind
host_done(enum effect_kind kind)
{
	return kind == FX_REBOOT ? EV_BOOTED : machine_effect[kind].done;
}

const struct host_work *
host_work(enum effect_kind kind)
{
	static const struct host_work other = {MINUTE_MS, 10 * SECOND_MS, MINUTE_MS};
	static const struct {
		enum effect_kind effect;
		struct host_work work;
	} known[] = {
		{FX_DOWNLOAD, {5 * HOUR_MS, 5 * MINUTE_MS, HOUR_MS}},
		{FX_CLOSE_APPS, {MINUTE_MS, 2 * SECOND_MS, MINUTE_MS}},
		{FX_INSTALL, {18 * MINUTE_MS, 8 * MINUTE_MS, 40 * MINUTE_MS}},
		{FX_REBOOT, {4 * MINUTE_MS, MINUTE_MS, 4 * MINUTE_MS}},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].effect == kind)
			return &known[i].work;
	return host_done(kind) != EVENTS ? &other : NULL;
}

unsigned
host_outcome(const struct machine *m, const struct effect *fx, int64_t at, struct event events[HOST_EVENTS])
{
	const struct host_work *work = host_work(fx->kind);
	unsigned count = 0;

	if (!work)
		return 0;
	for (int quarter = 1; machine_effect[fx->kind].progress != EVENTS && quarter < 4; quarter++)
		events[count++] = (struct event){.kind = machine_effect[fx->kind].progress, .at = at + work->takes * quarter / 4,
			.percent = 25 * quarter};
	events[count++] = (struct event){.kind = host_done(fx->kind), .at = at + work->takes,
		.version = fx->kind == FX_REBOOT ? m->target : 0};
	return count;
}
