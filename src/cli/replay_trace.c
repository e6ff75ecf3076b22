#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/player.h"
#include "../text/jsonplace.h"
#include "../text/policy.h"
#include "../text/trace.h"
#include "coverage.h"
#include "replay_run.h"
#include "replay_trace.h"

#define TIMERS_MAX 100000	/* between two lines; more is a mistake, and would take for ever */

struct replay {
	const char *name;
	struct messages *messages;
	struct diff *diff;
	struct run run;
	struct settings settings;
	struct player player;
	struct answer answer;
	struct trace_line line;		/* the one at hand */
	struct piece piece;		/* and its bytes */
	bool headed, failed, foreign;	/* foreign: recorded by another version of the machine */
};

static void
fail(struct replay *r, const char *key, const char *text)
{
	message_add(r->messages, MESSAGE_ERROR, r->name,
		jsonplace(r->piece.text, r->piece.length, (unsigned)r->piece.number + 1, key, JSON_VALUE), "%s", text);
	r->failed = true;
}

static const struct {
	const char *key, *text;
} refusals[] = {
	[PLAYER_AT_BACK] = {"at", "time goes back here; only a clock event may do that"},
	[PLAYER_WAS_BACK] = {"was", "the clock would have shown a time before that of the line above"},
	[PLAYER_AWAKE_BACK] = {"awake", "the awake clock goes back here; only booted may do that"},
	[PLAYER_ASLEEP] = {"event", "the device is asleep: only wake, start, booted or a crash can come"},
	[PLAYER_ABSENT] = {"event", "no agent runs since the halt or crash above: only start, booted or clock can come"},
};

/* Keeps what the machine answered at an instant. */
static void
say(struct replay *r, int64_t at)
{
	struct trace_line *said = &r->run.line;

	said->at = at;
	said->kind = LINE_STATE;
	for (unsigned i = 0; i < r->answer.state_count; i++) {
		said->state = r->answer.states[i];
		run_say(&r->run);
	}
	said->kind = LINE_EFFECT;
	for (unsigned i = 0; i < r->answer.effects.count; i++) {
		said->effect = r->answer.effects.list[i];
		run_say(&r->run);
	}
}

/* The line at hand ends a run; what is said from here on belongs behind it. */
static void
close_run(struct replay *r)
{
	if (!run_close(&r->run, r->failed ? NULL : r->diff, r->name, r->messages))
		r->failed = true;
	run_begin(&r->run, r->piece.number + 1);
}

/* Lets virtual time come to an instant: timers that are due fire. */
static void
advance(struct replay *r, int64_t until)
{
	struct event timer;
	unsigned fired = 0;

	while (!r->failed && player_due(&r->player, until, &timer)) {
		if (fired++ == TIMERS_MAX) {
			fail(r, NULL, "more than 100000 timers fire before this line");
			return;
		}
		coverage_step(&r->player, &timer);
		player_step(&r->player, &timer, &r->answer);
		say(r, timer.at);
	}
}

static void
take_event(struct replay *r)
{
	struct event *e = &r->line.event;
	enum player_refusal refusal;

	if (!r->line.has_awake)
		e->awake = PLAYER_COUNTS;
	refusal = r->failed ? PLAYER_WELCOME : player_refuses(&r->player, e);
	if (refusal)
		fail(r, refusals[refusal].key, refusals[refusal].text);
	if (e->kind == EV_TIMER && !r->player.recorded)
		fail(r, "event", "timers fire by themselves here; timer lines need \"timers\":\"recorded\" in the header");
	advance(r, player_comes(e));
	close_run(r);
	if (r->failed)
		return;
	coverage_step(&r->player, e);
	player_step(&r->player, e, &r->answer);
	say(r, e->at);
}

/* A policy beside the trace, or anywhere when its path is absolute. */
static void
take_policy(struct replay *r, const char *name)
{
	const char *slash = strrchr(r->name, '/');
	int folder = slash && name[0] != '/' ? (int)(slash + 1 - r->name) : 0;
	char path[4096];
	struct policy policy;

	if (snprintf(path, sizeof path, "%.*s%s", folder, r->name, name) >= (int)sizeof path)
		fail(r, "policy", "this path is too long");
	else if (policy_load(path, &policy, r->messages))
		policy_settings(&policy, &r->settings);
	else
		fail(r, "policy", "this policy cannot be used");
}

/* Those of the policy, then what the line says itself. Who says them all needs no policy. */
static void
take_settings(struct replay *r)
{
	const struct trace_header *h = &r->line.header;

	if (trace_settle(h, &r->settings) || h->policy[0] == '\0')
		return;
	take_policy(r, h->policy);
	trace_settle(h, &r->settings);
}

static void
take_directive(struct replay *r)
{
	if (!r->failed && r->player.begun && r->line.at < r->player.at)
		fail(r, refusals[PLAYER_AT_BACK].key, refusals[PLAYER_AT_BACK].text);
	advance(r, r->line.at);
	r->run.cut = r->player.recorded && r->line.kind == LINE_CRASH;
	close_run(r);
	r->run.cut = false;
	if (r->failed)
		return;
	if (r->line.kind == LINE_CRASH)
		player_crash(&r->player, r->line.at);
	else
		player_wait(&r->player, r->line.at);
	if (r->line.kind == LINE_SETTINGS)
		take_settings(r);
}

/* What a policy that says nothing of them would mean. */
static void
default_settings(struct settings *settings)
{
	static const char text[] = "policy: 1\nname: defaults\nplatform: macos\nenforce: {do_not_manage: true}\n";
	struct messages messages = {0};
	struct policy policy;
	bool good = policy_decode("defaults", text, sizeof text - 1, &policy, &messages);

	assert(good);
	policy_settings(&policy, settings);
	message_free(&messages);
}

static void
take_header(struct replay *r)
{
	const struct trace_header *h = &r->line.header;

	if (r->headed)
		fail(r, NULL, "a second header");
	take_settings(r);
	player_init(&r->player, &r->settings, h->version, h->recorded);
	r->foreign = h->machine[0] != '\0' && strcmp(h->machine, machine_hash) != 0;
	r->headed = true;
	close_run(r);
}

/* Looks like one, as the machine writes it; the run that it goes into looks closer. */
static bool
expectation(const struct piece *p)
{
	static const char state[] = ",\"state\":", effect[] = ",\"effect\":";
	const char *comma = memchr(p->text, ',', p->length);
	size_t left = comma ? (size_t)(p->text + p->length - comma) : 0;

	return left > sizeof effect &&
	       (!memcmp(comma, state, sizeof state - 1) || !memcmp(comma, effect, sizeof effect - 1));
}

static void
take_input(struct replay *r)
{
	if (!r->headed && r->line.kind != LINE_HEADER)
		fail(r, NULL, "expected a header, {\"trace\":1,...}");
	else if (r->line.kind == LINE_HEADER)
		take_header(r);
	else if (r->line.kind == LINE_EVENT)
		take_event(r);
	else
		take_directive(r);
}

static void
take_line(struct replay *r)
{
	const struct piece *p = &r->piece;

	if (r->headed && expectation(p))
		run_expect(&r->run, p);
	else if (!trace_decode(p->text, p->length, r->name, (unsigned)p->number + 1, &r->line, r->messages))
		r->failed = true;
	else if (r->headed && (r->line.kind == LINE_STATE || r->line.kind == LINE_EFFECT))
		run_expect(&r->run, p);
	else
		take_input(r);
}

static bool
blank(const struct piece *p)
{
	size_t i = 0;

	while (i < p->length && (p->text[i] == ' ' || p->text[i] == '\t' || p->text[i] == '\r'))
		i++;
	return i == p->length;
}

bool
replay_trace(const char *name, const char *bytes, size_t length, struct diff *diff, struct messages *messages)
{
	struct replay r = {.name = name, .messages = messages, .diff = diff};
	struct lines lines = lines_of(bytes, length);

	*diff = (struct diff){.text = bytes, .length = length};
	default_settings(&r.settings);
	while (lines_next(&lines, &r.piece.text, &r.piece.length)) {
		r.piece.number = lines.count - 1;
		if (!blank(&r.piece))
			take_line(&r);
		if (!r.headed && r.failed)
			break;	/* not a trace at all: one error is enough */
	}
	if (!r.headed && !r.failed) {
		r.piece = (struct piece){0};
		fail(&r, NULL, "expected a header, {\"trace\":1,...}, found nothing");
	}
	advance(&r, r.player.at);
	close_run(&r);
	run_free(&r.run);
	if (!r.failed && diff->count && r.foreign)
		message_add(messages, MESSAGE_WARNING, name, (struct place){1, 0},
			"another version of the machine recorded this: it may rightly differ");
	return !r.failed;
}
