/* post - the one through which everything that happens comes: stamped, journaled, stepped, its effects started. */
#include <stdio.h>
#include <string.h>

#include "host.h"
#include "platform/log.h"

#define CALM_LINES 1000	/* of a journal in which nothing was ever required: enough */

static struct now
not_before(const struct player *p, struct now now)
{
	if (p->begun && now.at < p->at)
		now.at = p->at;
	if (p->begun && now.awake < p->awake)
		now.awake = p->awake;
	return now;
}

struct now
host_line_time(const struct agent *a)
{
	return not_before(&a->player, host_now(a));
}

/* Only `clock` sets the wall clock back, and only `booted` the awake clock. */
static void
stamp(const struct agent *a, struct event *e)
{
	const struct player *p = &a->player;
	struct now now = host_now(a), line = not_before(p, now);

	e->at = e->kind == EV_CLOCK ? now.at : line.at;
	e->awake = e->kind == EV_BOOTED ? now.awake : line.awake;
	if (e->kind == EV_CLOCK && p->begun && e->was < p->at)
		e->was = p->at;
}

static void
fail(struct agent *a)
{
	a->failed = true;
	log_say(LEVEL_ERROR, "the journal failed: stopping", "why", journal_error(a->journal), NULL);
	ev_break(a->loop, EVBREAK_ALL);
}

bool
host_write(struct agent *a, const struct trace_line *line)
{
	char text[TRACE_LINE_MAX];
	size_t length = trace_encode(line, text);

	if (!a->failed && !journal_append(a->journal, text, length))
		fail(a);
	if (!a->failed && line->kind != LINE_HEADER && a->settings.hooks.line)
		a->settings.hooks.line(a->settings.hooks.context, line);
	return !a->failed;
}

static bool
write_event(struct agent *a, const struct event *e)
{
	struct trace_line line = {.kind = LINE_EVENT, .at = e->at, .awake = e->awake, .has_awake = true, .event = *e};

	if (e->kind == EV_START || e->kind == EV_BOOTED)
		memcpy(line.boot, a->device.boot, sizeof a->device.boot);
	log_say(LEVEL_INFO, "event", "event", machine_event[e->kind].name, "timer",
		e->kind == EV_TIMER ? machine_timer[e->timer] : NULL, NULL);
	return host_write(a, &line);
}

static bool
write_states(struct agent *a, const struct answer *answer, int64_t at)
{
	for (unsigned i = 0; i < answer->state_count; i++) {
		struct trace_line line = {.kind = LINE_STATE, .at = at, .state = answer->states[i]};

		log_say(LEVEL_NOTICE, "state", "state", machine_state[line.state].path, NULL);
		if (line.state != ST_IDLE)
			a->cycle = true;
		if (!host_write(a, &line))
			return false;
	}
	return true;
}

void
host_begin_effect(struct agent *a, const struct effect *effect, int64_t at)
{
	struct trace_line line = {.kind = LINE_EFFECT, .at = at, .effect = *effect};

	if (!host_write(a, &line))
		return;
	log_say(LEVEL_INFO, "effect", "effect", machine_effect[effect->kind].name, NULL);
	host_effect(a, effect);
}

static void
handle(struct agent *a, struct event *e)
{
	struct answer answer;

	stamp(a, e);
	if (!write_event(a, e))
		return;
	player_step(&a->player, e, &answer);
	a->reassess |= player_missed(e, &answer);
	if (!write_states(a, &answer, e->at))
		return;
	for (unsigned i = 0; i < answer.effects.count && !a->failed; i++)
		host_begin_effect(a, &answer.effects.list[i], e->at);
}

/* A journal is one update's story: with nothing required any more it is closed, for QA, and a new one begun. */
static bool
story_over(struct agent *a)
{
	return (a->cycle || journal_seq(a->journal) > CALM_LINES) && !a->stopping && !host_machine(a)->required &&
		machine_in(host_machine(a), ST_IDLE);
}

static void
turn_page(struct agent *a)
{
	if (!journal_rotate(a->journal)) {
		fail(a);
		return;
	}
	if (!host_begin_journal(a))
		return;
	queue_put(&a->queue, &(struct event){.kind = EV_START});
	if (a->session.present)
		queue_put(&a->queue, &(struct event){.kind = EV_LOGIN});
	if (a->session.present && a->session.busy)
		queue_put(&a->queue, &(struct event){.kind = EV_BUSY});
}

void
host_post(struct agent *a, const struct event *e)
{
	if (a->stopping && e->kind != EV_HALT)
		return;		/* the next agent looks for itself: in the journal this one's story has ended */
	queue_put(&a->queue, e);
	if (a->busy)
		return;
	a->busy = true;
	while (a->queue.count && !a->failed) {
		struct event next = queue_take(&a->queue);

		handle(a, &next);
		if (!a->queue.count && !a->failed && story_over(a))
			turn_page(a);
	}
	a->busy = false;
	if (a->reassess) {
		a->reassess = false;
		host_assess(a);
	}
	host_arm(a);
	host_show(a);
}

bool
host_begin_journal(struct agent *a)
{
	struct trace_line line = {.kind = LINE_HEADER, .at = host_now(a).at};
	struct trace_header *h = &line.header;
	const struct probe_device *d = &a->device;

	a->cycle = false;
	snprintf(h->machine, sizeof h->machine, "%s", machine_hash);
	h->has_settings = true;
	h->recorded = true;
	h->settings = a->rules;
	snprintf(h->platform, sizeof h->platform, "%s", d->platform == PLATFORM_MACOS ? "macos" : "linux");
	memcpy(h->build, d->build, sizeof d->build);
	memcpy(h->model, d->model, sizeof d->model);
	memcpy(h->board, d->board, sizeof d->board);
	memcpy(h->time_zone, d->time_zone, sizeof d->time_zone);
	memcpy(h->boot, d->boot, sizeof d->boot);
	h->version = d->version;
	player_init(&a->player, &a->rules, d->version, true);
	return host_write(a, &line);
}
