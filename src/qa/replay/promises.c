#include "promises.h"

static void
note_broken(struct promises *p, uint32_t broken, size_t line)
{
	for (unsigned i = 0; i < PROMISES_MAX; i++)
		if (broken >> i & 1 && !p->line[i])
			p->line[i] = line;
}

static void
check_pending(struct promises *p)
{
	if (p->pending)
		note_broken(p, observer_see(&p->observer, &p->player, &p->event, &p->effects), p->pending);
	p->pending = 0;
}

static void
keep_pending(struct promises *p, const struct moment *m)
{
	p->pending = m->line;
	p->player = *m->player;
	p->settings = *m->player->machine.settings;
	p->player.machine.settings = &p->settings;
	p->event = *m->event;
	p->effects = m->answer->effects;
}

void
promises_watch(void *context, const struct moment *m)
{
	struct promises *p = context;

	if (m->cause && m->cause->kind == LINE_HEADER) {
		watcher_init(&p->watcher);
		observer_init(&p->observer, &p->watcher, m->player);
		return;
	}
	if (p->pending && m->cause && m->cause->kind == LINE_CRASH && m->player->recorded && m->cause->at == p->event.at)
		p->effects = m->answer->effects;
	check_pending(p);
	if (m->event)
		keep_pending(p, m);
	else
		note_broken(p, observer_see(&p->observer, m->player, NULL, NULL), m->line);
}

uint32_t
promises_end(struct promises *p)
{
	uint32_t broken = 0;

	check_pending(p);
	for (unsigned i = 0; i < PROMISES_MAX; i++)
		broken |= (uint32_t)(p->line[i] > 0) << i;
	return broken;
}

void
promises_report(const struct promises *p, const char *name, struct messages *messages)
{
	for (unsigned i = 0; i < p->watcher.promises; i++)
		if (p->line[i])
			message_add(messages, MESSAGE_FINDING, name, (struct place){(unsigned)p->line[i], 0},
				"promise %s broken: %s", machine_promise[i].name, machine_promise[i].says);
}
