/* preview_live - one person after the other lives through the policy. The machine is the agent's, the planner too;
 * only people, drivers and the clock are made up. */
#include <stdlib.h>
#include <string.h>

#include "core/assess.h"
#include "core/player.h"
#include "text/memory.h"
#include "preview.h"

#define A_MOMENT MINUTE_MS	/* that a person takes to answer */
#define GIVE_UP (30 * DAY_MS)	/* past the deadline nothing more is to be expected */
#define PENDING 16

const struct person_about person_about[PERSONS] = {
	[PERSON_SNOOZES] = {"snoozes", "Somebody who always snoozes",
		"Asks for every reminder that is offered, in turn, and closes the countdown’s window."},
	[PERSON_SILENT] = {"silent", "Somebody who never answers", "Sees what is on the screen and touches none of it."},
	[PERSON_STARTS] = {"starts", "Somebody who starts at once", "Reads Update Info at the first banner, and starts."},
};

/* What each does, and a minute after what. */
static const struct {
	enum person person;
	enum effect_kind after;
	enum event_kind does;
} habits[] = {
	{PERSON_SNOOZES, FX_BANNER, EV_REMIND},
	{PERSON_SNOOZES, FX_OPEN_TIMER, EV_WINDOW_CLOSED},
	{PERSON_SNOOZES, FX_WARNING, EV_DISMISSED},
	{PERSON_STARTS, FX_BANNER, EV_LEARN_MORE},
	{PERSON_STARTS, FX_OPEN_INFO, EV_START_NOW},
	{PERSON_STARTS, FX_OPEN_TIMER, EV_START_NOW},
};

/* What drivers answer, and when. */
static const struct {
	enum effect_kind after;
	int64_t ms;
	enum event_kind event;
	int percent;
} drivers[] = {
	{FX_DOWNLOAD, PREVIEW_DOWNLOAD, EV_DOWNLOADED, 0},
	{FX_CLOSE_APPS, PREVIEW_CLOSING, EV_APPS_CLOSED, 0},
	{FX_INSTALL, PREVIEW_INSTALL / 4, EV_PROGRESS, 25},
	{FX_INSTALL, PREVIEW_INSTALL / 2, EV_PROGRESS, 50},
	{FX_INSTALL, PREVIEW_INSTALL * 3 / 4, EV_PROGRESS, 75},
	{FX_INSTALL, PREVIEW_INSTALL, EV_INSTALLED, 0},
	{FX_REBOOT, PREVIEW_RESTART, EV_BOOTED, 0},
};

struct world {
	const struct preview *preview;
	enum person person;
	struct life *life;
	struct player player;
	struct settings settings;
	struct device device;
	struct event pending[PENDING];
	unsigned pendings, snoozes;
	bool over;
};

static void
expect(struct world *w, struct event e)
{
	e.awake = PLAYER_COUNTS;
	if (w->pendings < PENDING)
		w->pending[w->pendings++] = e;
}

/* The earliest; of several at once, the one that was expected first. */
static struct event *
next(struct world *w)
{
	struct event *first = NULL;

	for (unsigned i = 0; i < w->pendings; i++)
		if (!first || w->pending[i].at < first->at)
			first = &w->pending[i];
	return first;
}

static struct event
take(struct world *w, const struct event *e)
{
	struct event taken = *e;
	size_t rest = (size_t)(w->pending + w->pendings - (e + 1));

	memmove(&w->pending[e - w->pending], e + 1, rest * sizeof *e);
	w->pendings--;
	return taken;
}

/* Makes of a pending assessment the event that the agent would post, and expects the next one. */
static void
assess_now(struct world *w, struct event *e)
{
	const struct preview *p = w->preview;
	struct event pending = *e;
	struct assessment a;

	assess(&p->policy, 1, p->feed, &w->device, NULL, pending.at, &a);
	*e = a.event;
	e->at = pending.at;
	e->awake = pending.awake;
	expect(w, (struct event){.kind = EV_REQUIRED, .at = a.again});
}

struct face
preview_face(const struct preview *p, const struct moment *m)
{
	return (struct face){.texts = &p->texts, .view = m->view, .now = m->at, .zone = p->device.zone, .os = p->os,
		.asked_by = p->policy->label, .installed = p->device.version, .length = p->policy->countdown.length,
		.close_apps = p->policy->install.close_apps, .pace = ""};
}

static void
note(struct world *w, struct trace_line *line, const struct view *before, const struct view *after)
{
	struct life *life = w->life;
	struct moment m = {.at = line->at, .view = *after, .effect = EFFECTS};
	struct face face = preview_face(w->preview, &m);

	face.view.badge = before->badge;	/* a dot that is there already is no news */
	m.who = face_saying(&face, line, true, m.said);
	if (!m.who)
		return;
	life->cut = life->count == MOMENTS_MAX;
	if (life->cut)
		return;
	m.effect = line->kind == LINE_EFFECT ? line->effect.kind : EFFECTS;
	life->moments = array_grow(life->moments, &life->room, life->count + 1, sizeof *life->moments);
	life->moments[life->count++] = m;
}

static enum phase
phase_of(const struct machine *m)
{
	static const struct {
		enum state in;
		enum phase phase;
	} phases[] = {
		{ST_NOTIFY_WINDOW_BANNER, PHASE_BANNER}, {ST_NOTIFY_WINDOW_SNOOZED, PHASE_SNOOZED},
		{ST_COUNTDOWN, PHASE_COUNTDOWN}, {ST_INSTALLING, PHASE_INSTALLING}, {ST_REBOOTING, PHASE_RESTARTING},
		{ST_VERIFYING, PHASE_RESTARTING},
	};

	for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
		if (machine_in(m, phases[i].in))
			return phases[i].phase;
	return PHASE_QUIET;
}

static void
stretch(struct world *w, int64_t at)
{
	struct life *life = w->life;
	struct span *last = life->span_count ? &life->spans[life->span_count - 1] : NULL;
	enum phase phase = phase_of(&w->player.machine);

	if (last)
		last->to = at;
	if (last && last->phase == phase)
		return;
	life->spans = array_grow(life->spans, &life->span_room, life->span_count + 1, sizeof *life->spans);
	life->spans[life->span_count++] = (struct span){phase, at, at};
}

static void
answer(struct world *w, const struct effect *fx, int64_t at)
{
	const struct policy *policy = w->preview->policy;

	for (size_t i = 0; i < sizeof habits / sizeof *habits; i++)
		if (habits[i].person == w->person && habits[i].after == fx->kind) {
			struct event e = {.kind = habits[i].does, .at = at + A_MOMENT};

			if (e.kind == EV_REMIND)
				e.for_ = policy->notice.remind[w->snoozes++ % policy->notice.reminds];
			expect(w, e);
		}
}

static void
work(struct world *w, const struct effect *fx, int64_t at)
{
	if (fx->kind == FX_REBOOT) {		/* and everything that was still to come is gone */
		w->pendings = 0;
		player_crash(&w->player, at);
	}
	for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++)
		if (drivers[i].after == fx->kind)
			expect(w, (struct event){.kind = drivers[i].event, .at = at + drivers[i].ms,
				.percent = drivers[i].percent, .version = fx->kind == FX_REBOOT ? w->player.machine.target : 0});
	if (fx->kind != FX_REPORT)
		return;
	w->life->verified = fx->outcome == OUTCOME_VERIFIED;
	w->over = w->life->verified || fx->outcome == OUTCOME_COMPLIANT || fx->outcome == OUTCOME_FAILED;
}

static void
step(struct world *w, const struct event *e)
{
	const struct policy *policy = w->preview->policy;
	struct trace_line line = {.kind = LINE_EVENT, .at = e->at, .event = *e};
	struct view before, after;
	struct answer answered;

	view_of(&w->player.machine, policy, e->at, w->player.awake, &before);
	player_step(&w->player, e, &answered);
	view_of(&w->player.machine, policy, e->at, w->player.awake, &after);
	stretch(w, e->at);
	note(w, &line, &before, &after);
	line.kind = LINE_EFFECT;
	for (unsigned i = 0; i < answered.effects.count; i++) {
		line.effect = answered.effects.list[i];
		note(w, &line, &before, &after);
		answer(w, &line.effect, e->at);
		work(w, &line.effect, e->at);
	}
}

/* An assessment is pending as EV_REQUIRED, and decided when it is made. */
static void
happen(struct world *w, struct event e)
{
	if (player_refuses(&w->player, &e) != PLAYER_WELCOME)
		return;
	if (e.kind == EV_REQUIRED)
		assess_now(w, &e);
	if (e.kind == EV_BOOTED) {
		w->device.version = e.version;
		expect(w, (struct event){.kind = EV_REQUIRED, .at = e.at});
	}
	step(w, &e);
}

static void
live(struct world *w)
{
	const struct preview *p = w->preview;
	int64_t end = p->requirement.deadline + GIVE_UP;

	policy_settings(p->policy, &w->settings);
	player_init(&w->player, &w->settings, p->device.version, false);
	expect(w, (struct event){.kind = EV_START, .at = p->start});
	expect(w, (struct event){.kind = EV_LOGIN, .at = p->start});
	expect(w, (struct event){.kind = EV_REQUIRED, .at = p->start});
	while (!w->over && !w->life->cut) {
		struct event *expected = next(w), e;

		if (player_due(&w->player, expected && expected->at < end ? expected->at : end, &e))
			step(w, &e);
		else if (expected && expected->at < end)
			happen(w, take(w, expected));
		else
			break;
	}
	w->life->ends = w->player.at;
}

void
preview_live(struct preview *p)
{
	for (unsigned i = 0; i < PERSONS; i++) {
		struct world w = {.preview = p, .person = (enum person)i, .life = &p->lives[i], .device = p->device};

		live(&w);
	}
}

void
preview_free(struct preview *p)
{
	for (unsigned i = 0; i < PERSONS; i++) {
		free(p->lives[i].moments);
		free(p->lives[i].spans);
	}
}

unsigned
preview_count(const struct life *life, enum effect_kind kind)
{
	unsigned count = 0;

	for (size_t i = 0; i < life->count; i++)
		count += life->moments[i].effect == kind;
	return count;
}

int64_t
preview_begins(const struct life *life, enum phase phase)
{
	for (size_t i = 0; i < life->span_count; i++)
		if (life->spans[i].phase == phase)
			return life->spans[i].from;
	return NEVER;
}
