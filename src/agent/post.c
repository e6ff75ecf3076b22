#include "post.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "platform/log.h"

#define CALM_LINES 1000	/* longest journal in which nothing was ever required */

/* --- lines --- */

static void
fail_journal(struct post *p)
{
	p->failed = true;
	log_say(LEVEL_ERROR, "journal failed, stopping", "why", journal_error(p->journal), NULL);
	ev_break(p->loop, EVBREAK_ALL);
}

/* Returns the time for the next line: now, but never earlier than the line before it. */
static struct now
not_before(const struct player *p, struct now now)
{
	if (p->begun && now.at < p->at)
		now.at = p->at;
	if (p->begun && now.awake < p->awake)
		now.awake = p->awake;
	return now;
}

bool
post_line(struct post *p, const struct trace_line *line)
{
	char text[TRACE_LINE_MAX];
	size_t length = trace_encode(line, text);

	if (!p->failed && !journal_append(p->journal, text, length))
		fail_journal(p);
	if (!p->failed && line->kind != LINE_HEADER)
		p->line(p->context, line);
	return !p->failed;
}

bool
post_header(struct post *p)
{
	struct trace_line line = {.kind = LINE_HEADER, .at = clock_now(p->clock).at};
	struct trace_header *h = &line.header;
	const struct probe_device *d = p->device;

	p->left_idle = false;
	snprintf(h->machine, sizeof h->machine, "%s", machine_hash);
	h->has_settings = true;
	h->recorded = true;
	h->settings = p->settings;
	snprintf(h->platform, sizeof h->platform, "%s", d->platform == PLATFORM_MACOS ? "macos" : "linux");
	memcpy(h->build, d->build, sizeof d->build);
	memcpy(h->model, d->model, sizeof d->model);
	memcpy(h->board, d->board, sizeof d->board);
	memcpy(h->time_zone, d->time_zone, sizeof d->time_zone);
	memcpy(h->boot, d->boot, sizeof d->boot);
	h->version = d->version;
	player_init(&p->player, &p->settings, d->version, true);
	return post_line(p, &line);
}

bool
post_settings(struct post *p, const struct settings *settings, const char *policy)
{
	struct now now = not_before(&p->player, clock_now(p->clock));
	struct trace_line line = {.kind = LINE_SETTINGS, .at = now.at, .awake = now.awake, .has_awake = true};

	if (memcmp(settings, &p->settings, sizeof p->settings) == 0)
		return true;
	line.header.has_settings = true;
	line.header.settings = *settings;
	snprintf(line.header.policy, sizeof line.header.policy, "%s", policy);
	log_say(LEVEL_NOTICE, "settings changed", "policy", policy, NULL);
	if (!post_line(p, &line))
		return false;
	player_reach(&p->player, line.at, line.awake);
	p->settings = *settings;
	return true;
}

void
post_effect(struct post *p, const struct effect *effect, int64_t at)
{
	struct trace_line line = {.kind = LINE_EFFECT, .at = at, .effect = *effect};

	if (!post_line(p, &line))
		return;
	log_say(LEVEL_INFO, "effect", "effect", machine_effect[effect->kind].name, NULL);
	effects_begin(p->effects, effect);
}

static bool
write_event(struct post *p, const struct event *e)
{
	struct trace_line line = {.kind = LINE_EVENT, .at = e->at, .awake = e->awake, .has_awake = true, .event = *e};

	if (e->kind == EV_START || e->kind == EV_BOOTED)
		memcpy(line.boot, p->device->boot, sizeof p->device->boot);
	log_say(LEVEL_INFO, "event", "event", machine_event[e->kind].name, "timer",
		e->kind == EV_TIMER ? machine_timer[e->timer] : NULL, NULL);
	return post_line(p, &line);
}

static bool
write_states(struct post *p, const struct answer *answer, int64_t at)
{
	for (unsigned i = 0; i < answer->state_count; i++) {
		struct trace_line line = {.kind = LINE_STATE, .at = at, .state = answer->states[i]};

		log_say(LEVEL_NOTICE, "state", "state", machine_state[line.state].path, NULL);
		if (line.state != ST_IDLE)
			p->left_idle = true;
		if (!post_line(p, &line))
			return false;
	}
	return true;
}

/* --- events --- */

/* Only `clock` sets the wall clock back, and only `booted` the awake clock. */
static void
set_event_time(const struct post *p, struct event *e)
{
	const struct player *last = &p->player;
	struct now now = clock_now(p->clock), line = not_before(last, now);

	e->at = e->kind == EV_CLOCK ? now.at : line.at;
	e->awake = e->kind == EV_BOOTED ? now.awake : line.awake;
	if (e->kind == EV_CLOCK && last->begun && e->was < last->at)
		e->was = last->at;
}

static void
handle_event(struct post *p, struct event *e)
{
	struct answer answer;

	set_event_time(p, e);
	if (!write_event(p, e))
		return;
	player_step(&p->player, e, &answer);
	p->must_assess |= player_needs_assessment(e, &answer);
	if (!write_states(p, &answer, e->at))
		return;
	for (unsigned i = 0; i < answer.effects.count && !p->failed; i++)
		post_effect(p, &answer.effects.list[i], e->at);
}

static void
enqueue(struct post *p, struct event e)
{
	assert(p->waiting < POST_ROOM);
	p->queue[(p->first + p->waiting++) % POST_ROOM] = e;
}

static struct event
dequeue(struct post *p)
{
	unsigned first = p->first;

	p->first = (first + 1) % POST_ROOM;
	p->waiting--;
	return p->queue[first];
}

/* A journal is the story of one update: when nothing is required any more it is closed and a new one begun. */
static bool
story_over(const struct post *p)
{
	const struct machine *m = &p->player.machine;

	return (p->left_idle || journal_seq(p->journal) > CALM_LINES) && !p->halted && !m->required &&
		machine_in(m, ST_IDLE);
}

static void
begin_next_journal(struct post *p)
{
	if (!journal_rotate(p->journal)) {
		fail_journal(p);
		return;
	}
	if (!post_header(p))
		return;
	enqueue(p, (struct event){.kind = EV_START});
	if (p->session->present)
		enqueue(p, (struct event){.kind = EV_LOGIN});
	if (p->session->present && p->session->busy)
		enqueue(p, (struct event){.kind = EV_BUSY});
}

void
post_event(struct post *p, const struct event *e)
{
	if (p->halted && e->kind != EV_HALT)
		return;
	enqueue(p, *e);
	if (p->busy)
		return;
	p->busy = true;
	while (p->waiting && !p->failed) {
		struct event next = dequeue(p);

		handle_event(p, &next);
		if (!p->waiting && !p->failed && story_over(p))
			begin_next_journal(p);
	}
	p->busy = false;
	p->settled(p->context);
}

void
post_halt(struct post *p)
{
	p->halted = true;
	post_event(p, &(struct event){.kind = EV_HALT});
}

void
post_close(struct post *p)
{
	journal_close(p->journal);
	p->journal = NULL;
}
