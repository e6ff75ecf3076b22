/* preview_live - plays the policy for one person after the other. Machine and assessment are those of the agent; people,
 * drivers and the clock are pretended. */
#include <stdlib.h>
#include <string.h>

#include "core/assess.h"
#include "core/player.h"
#include "face/rehearse/host.h"
#include "text/memory.h"
#include "preview.h"

#define PENDING 16

const struct person_about person_about[PERSONS] = {
	[PERSON_SNOOZES] = {"snoozes", "Somebody who always snoozes",
		"Asks for every reminder that is offered, in turn, and closes the countdown’s window."},
	[PERSON_SILENT] = {"silent", "Somebody who never answers", "Sees what is on the screen and touches none of it."},
	[PERSON_STARTS] = {"starts", "Somebody who starts at once", "Reads Update Info at the first banner, and starts."},
};

struct world {
	const struct preview *preview;
	struct script script;
	struct life *life;
	struct player player;
	struct settings settings;
	struct device device;
	struct event pending[PENDING];
	unsigned pendings;
	bool over;
};

static void
add_event(struct world *w, struct event e)
{
	e.awake = PLAYER_COUNTS;
	if (w->pendings < PENDING)
		w->pending[w->pendings++] = e;
}

/* Returns the earliest pending event, or NULL; of several at the same time, the one added first. */
static struct event *
next_event(struct world *w)
{
	struct event *first = NULL;

	for (unsigned i = 0; i < w->pendings; i++)
		if (!first || w->pending[i].at < first->at)
			first = &w->pending[i];
	return first;
}

static struct event
take_event(struct world *w, const struct event *e)
{
	struct event taken = *e;
	size_t rest = (size_t)(w->pending + w->pendings - (e + 1));

	memmove(&w->pending[e - w->pending], e + 1, rest * sizeof *e);
	w->pendings--;
	return taken;
}

/* Assesses the device as the agent does: replaces *e by the event to post, and adds the next assessment. */
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
	add_event(w, (struct event){.kind = EV_REQUIRED, .at = a.again});
}

struct face
preview_face(const struct preview *p, const struct moment *m)
{
	return (struct face){.texts = &p->texts, .view = m->view, .now = m->at, .zone = p->device.zone, .os = p->os,
		.policy_label = p->policy->label, .installed = p->device.version, .countdown = p->policy->countdown.length,
		.close_apps = p->policy->install.close_apps, .pace = ""};
}

static void
add_moment(struct world *w, struct trace_line *line, const struct view *before, const struct view *after)
{
	struct life *life = w->life;
	struct moment m = {.at = line->at, .view = *after, .effect = EFFECTS};
	struct face face = preview_face(w->preview, &m);

	face.view.badge = before->badge;	/* face_describe_parts says nothing of a badge that was on already */
	m.who = face_describe_parts(&face, line, true, m.said);
	if (!m.who)
		return;
	life->cut = life->count == MOMENTS_MAX;
	if (life->cut)
		return;
	m.effect = line->kind == LINE_EFFECT ? line->effect.kind : EFFECTS;
	life->moments = array_grow(life->moments, &life->room, life->count + 1, sizeof *life->moments);
	life->moments[life->count++] = m;
}

/* Returns the person's phase in the machine's state. If the state shows several things, the last in enum shown decides. */
static enum phase
phase_of(const struct machine *m)
{
	enum phase phase = machine_in(m, ST_VERIFYING) ? PHASE_RESTARTING : PHASE_QUIET;

	for (enum shown shown = 0; shown < SHOWNS; shown++)
		if (machine_shows(m, shown))
			switch (shown) {
			case SHOWN_BANNER:
				phase = PHASE_BANNER;
				break;
			case SHOWN_REMINDER:
				phase = PHASE_SNOOZED;
				break;
			case SHOWN_COUNTDOWN:
				phase = PHASE_COUNTDOWN;
				break;
			case SHOWN_PROGRESS:
				phase = PHASE_INSTALLING;
				break;
			case SHOWN_RESTART:
				phase = PHASE_RESTARTING;
				break;
			case SHOWN_OFFER:
			case SHOWN_TIMER:
			case SHOWN_WARNING:
			case SHOWN_FAILURE:
			case SHOWNS:
				break;
			}
	return phase;
}

static void
extend_spans(struct world *w, int64_t at)
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
write_script(enum person person, const struct policy *policy, struct script *script)
{
	*script = (struct script){.repeats = true};
	if (person == PERSON_SNOOZES) {
		for (unsigned i = 0; i < policy->notice.reminds; i++)
			script_add(script, ON_UPDATE, EV_REMIND, policy->notice.remind[i]);
		script_add(script, ON_TIMER, EV_WINDOW_CLOSED, 0);
		script_add(script, ON_WARNING, EV_DISMISSED, 0);
	} else if (person == PERSON_STARTS) {
		script_add(script, ON_UPDATE, EV_LEARN_MORE, 0);
		script_add(script, ON_INFO, EV_START_NOW, 0);
		script_add(script, ON_TIMER, EV_START_NOW, 0);
	}
}

static void
person_answers(struct world *w, const struct effect *fx, int64_t at)
{
	const struct reaction *r = script_next(&w->script, fx->kind);
	struct event e;

	if (!r)
		return;
	e = r->intent;
	e.at = at + r->after;
	add_event(w, e);
}

static void
driver_answers(struct world *w, const struct effect *fx, int64_t at)
{
	struct event events[HOST_EVENTS];
	unsigned count = host_outcome(&w->player.machine, fx, at, events);

	if (fx->kind == FX_REBOOT) {		/* a restart drops all pending events */
		w->pendings = 0;
		player_crash(&w->player, at);
	}
	for (unsigned i = 0; i < count; i++)
		add_event(w, events[i]);
	if (fx->kind != FX_REPORT)
		return;
	w->life->verified = fx->outcome == OUTCOME_VERIFIED;
	w->over = w->life->verified || fx->outcome == OUTCOME_COMPLIANT || fx->outcome == OUTCOME_FAILED;
}

static void
step_machine(struct world *w, const struct event *e)
{
	const struct policy *policy = w->preview->policy;
	struct trace_line line = {.kind = LINE_EVENT, .at = e->at, .event = *e};
	struct view before, after;
	struct answer answered;

	view_of(&w->player.machine, policy, e->at, w->player.awake, &before);
	player_step(&w->player, e, &answered);
	view_of(&w->player.machine, policy, e->at, w->player.awake, &after);
	extend_spans(w, e->at);
	add_moment(w, &line, &before, &after);
	line.kind = LINE_EFFECT;
	for (unsigned i = 0; i < answered.effects.count; i++) {
		line.effect = answered.effects.list[i];
		add_moment(w, &line, &before, &after);
		person_answers(w, &line.effect, e->at);
		driver_answers(w, &line.effect, e->at);
	}
}

/* Steps the machine with an event that has come due. EV_REQUIRED is a placeholder: the assessment is made now. */
static void
post_event(struct world *w, struct event e)
{
	if (player_refuses(&w->player, &e) != PLAYER_ACCEPTS)
		return;
	if (e.kind == EV_REQUIRED)
		assess_now(w, &e);
	if (e.kind == EV_BOOTED) {
		w->device.version = e.version;
		add_event(w, (struct event){.kind = EV_REQUIRED, .at = e.at});
	}
	step_machine(w, &e);
}

static void
play_life(struct world *w)
{
	const struct preview *p = w->preview;
	int64_t end = p->requirement.deadline + HOST_GIVE_UP;

	policy_settings(p->policy, &w->settings);
	player_init(&w->player, &w->settings, p->device.version, false);
	add_event(w, (struct event){.kind = EV_START, .at = p->start});
	add_event(w, (struct event){.kind = EV_LOGIN, .at = p->start});
	add_event(w, (struct event){.kind = EV_REQUIRED, .at = p->start});
	while (!w->over && !w->life->cut) {
		struct event *expected = next_event(w), e;

		if (player_due(&w->player, expected && expected->at < end ? expected->at : end, &e))
			step_machine(w, &e);
		else if (expected && expected->at < end)
			post_event(w, take_event(w, expected));
		else
			break;
	}
	w->life->ends = w->player.at;
}

void
preview_live(struct preview *p)
{
	for (unsigned i = 0; i < PERSONS; i++) {
		struct world w = {.preview = p, .life = &p->lives[i], .device = p->device};

		write_script((enum person)i, p->policy, &w.script);
		play_life(&w);
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
