#include "host.h"

#include <stddef.h>

enum occasion
host_occasion(enum effect_kind kind)
{
	static const enum effect_kind shows[OCCASIONS] = {
		[ON_UPDATE] = FX_BANNER, [ON_WARNING] = FX_WARNING, [ON_INFO] = FX_OPEN_INFO, [ON_TIMER] = FX_OPEN_TIMER,
	};
	enum occasion occasion = 0;

	while (occasion < OCCASIONS && shows[occasion] != kind)
		occasion++;
	return occasion;
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

const struct host_work *
host_work(enum effect_kind kind)
{
	static const struct {
		enum effect_kind effect;
		struct host_work work;
	} table[] = {
		{FX_DOWNLOAD, {EV_DOWNLOADED, 5 * HOUR_MS, 5 * MINUTE_MS, HOUR_MS}},
		{FX_CLOSE_APPS, {EV_APPS_CLOSED, MINUTE_MS, 2 * SECOND_MS, MINUTE_MS}},
		{FX_INSTALL, {EV_INSTALLED, 18 * MINUTE_MS, 8 * MINUTE_MS, 40 * MINUTE_MS}},
		{FX_REBOOT, {EV_BOOTED, 4 * MINUTE_MS, MINUTE_MS, 4 * MINUTE_MS}},
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].effect == kind)
			return &table[i].work;
	return NULL;
}

unsigned
host_outcome(const struct machine *m, const struct effect *fx, int64_t at, struct event events[HOST_EVENTS])
{
	const struct host_work *work = host_work(fx->kind);
	unsigned count = 0;

	if (!work)
		return 0;
	for (int quarter = 1; fx->kind == FX_INSTALL && quarter < 4; quarter++)
		events[count++] = (struct event){.kind = EV_PROGRESS, .at = at + work->takes * quarter / 4,
			.percent = 25 * quarter};
	events[count++] = (struct event){.kind = work->done, .at = at + work->takes,
		.version = fx->kind == FX_REBOOT ? m->target : 0};
	return count;
}
