#include "play.h"

#include <stdlib.h>
#include <string.h>

#include "text/json.h"
#include "coverage.h"
#include "run.h"
#include "source.h"

#define TIMERS_MAX 100000	/* timers between two lines; more would never end */

struct replay {
	const char *name;
	struct messages *messages;
	struct diff *diff;
	struct run run;
	struct settings settings;
	struct player player;
	struct answer answer;
	struct trace_line line;		/* the current one */
	struct piece piece;		/* its bytes */
	bool headed, failed;
	bool foreign;			/* recorded by another version of the machine */
	char machine[TRACE_NAME];	/* the one that recorded it, or "" */
	moment_watcher *watch;
	void *context;
};

/* Reports an error at a key of the current line. */
static void
add_error(struct replay *r, const char *key, const char *text)
{
	message_add(r->messages, MESSAGE_ERROR, r->name,
		jsonplace(r->piece.text, r->piece.length, (unsigned)r->piece.number + 1, key, JSON_VALUE), "%s", text);
	r->failed = true;
}

static const struct {
	const char *key, *text;
} refusals[] = {
	[PLAYER_AT_BACK] = {"at", "expected a time not before that of the line above: only a clock event may go back"},
	[PLAYER_WAS_BACK] = {"was", "expected a time not before that of the line above"},
	[PLAYER_AWAKE_BACK] = {"awake", "expected an awake time no less than before: only booted sets the awake clock back"},
	[PLAYER_ASLEEP] = {"event", "expected wake, start, booted or a crash: the device is asleep"},
	[PLAYER_ABSENT] = {"event", "expected start, booted or clock: no agent runs since the halt or crash above"},
};

/* Adds the machine's answer at an instant to the run. */
static void
add_answer(struct replay *r, int64_t at)
{
	struct trace_line *line = &r->run.line;

	line->at = at;
	line->kind = LINE_STATE;
	for (unsigned i = 0; i < r->answer.state_count; i++) {
		line->state = r->answer.states[i];
		run_answer(&r->run);
	}
	line->kind = LINE_EFFECT;
	for (unsigned i = 0; i < r->answer.effects.count; i++) {
		line->effect = r->answer.effects.list[i];
		run_answer(&r->run);
	}
}

static void
call_watch(struct replay *r, const struct trace_line *cause, const struct event *event)
{
	if (r->watch)
		r->watch(r->context, &(struct moment){cause, event, &r->player, &r->answer, r->piece.number + 1});
}

/* Ends the run at the current line of input; further answers belong after it. */
static void
close_run(struct replay *r)
{
	r->run.foreign = r->foreign;
	if (!run_close(&r->run, r->failed ? NULL : r->diff, r->name, r->messages))
		r->failed = true;
	run_begin(&r->run, r->piece.number + 1);
}

/* Runs virtual time on to an instant: timers that are due fire. */
static void
advance_time(struct replay *r, int64_t until)
{
	struct event timer;
	unsigned fired = 0;

	while (!r->failed && player_due(&r->player, until, &timer)) {
		if (fired++ == TIMERS_MAX) {
			add_error(r, NULL, "more than 100000 timers fire before this line");
			return;
		}
		coverage_step(&r->player, &timer);
		player_step(&r->player, &timer, &r->answer);
		add_answer(r, timer.at);
		call_watch(r, NULL, &timer);
	}
}

static void
check_order(struct replay *r, enum player_refusal refusal)
{
	if (refusal && !r->failed)
		add_error(r, refusals[refusal].key, refusals[refusal].text);
}

static void
take_event(struct replay *r)
{
	struct event *e = &r->line.event;

	if (!r->line.has_awake)
		e->awake = PLAYER_COUNTS;
	check_order(r, player_refuses(&r->player, e));
	if (e->kind == EV_TIMER && !r->player.recorded)
		add_error(r, "event", "expected no timer line: timers fire by themselves without \"timers\":\"recorded\" in the header");
	advance_time(r, player_event_time(e));
	check_order(r, player_refuses(&r->player, e));	/* again: timers may have counted more awake time */
	close_run(r);
	if (r->failed)
		return;
	coverage_step(&r->player, e);
	player_step(&r->player, e, &r->answer);
	add_answer(r, e->at);
	e->awake = r->player.awake;
	call_watch(r, &r->line, e);
}

static void
take_settings(struct replay *r)
{
	const char *wrong = source_settings(r->name, &r->line.header, &r->settings, r->messages);

	if (wrong)
		add_error(r, "policy", wrong);
}

static void
take_directive(struct replay *r)
{
	int64_t at = r->line.at, awake = r->line.has_awake ? r->line.awake : PLAYER_COUNTS;

	check_order(r, player_refuses_line(&r->player, at, awake));
	advance_time(r, at);
	check_order(r, player_refuses_line(&r->player, at, awake));
	r->run.cut = r->player.recorded && r->line.kind == LINE_CRASH;
	if (r->run.cut)
		run_drop_lost(&r->run, &r->answer.effects);
	close_run(r);
	r->run.cut = false;
	if (r->failed)
		return;
	if (r->line.kind == LINE_END && !r->line.has_awake)
		player_wait(&r->player, at);	/* an end line only lets time pass */
	else
		player_reach(&r->player, at, awake);
	if (r->line.kind == LINE_CRASH)
		player_crash(&r->player, at);
	if (r->line.kind == LINE_SETTINGS)
		take_settings(r);
	call_watch(r, &r->line, NULL);
}

static void
take_header(struct replay *r)
{
	const struct trace_header *h = &r->line.header;

	if (r->headed)
		add_error(r, NULL, "expected no second header");
	take_settings(r);
	player_init(&r->player, &r->settings, h->version, h->recorded);
	r->headed = true;
	close_run(r);
	call_watch(r, &r->line, NULL);
}

/* Guesses quickly whether a line is an expected state or effect; the run checks it. */
static bool
looks_expected(const struct piece *p)
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
		add_error(r, NULL, "expected a header, {\"trace\":1,...}");
	else if (r->line.kind == LINE_HEADER)
		take_header(r);
	else if (r->line.kind == LINE_EVENT)
		take_event(r);
	else
		take_directive(r);
}

/* Adds the messages about a line; those about another machine's trace as warnings. */
static void
add_messages(struct replay *r, struct messages *found)
{
	for (size_t i = 0; i < found->count; i++)
		message_add(r->messages, r->foreign ? MESSAGE_WARNING : MESSAGE_ERROR, r->name, found->list[i].place, "%s",
			found->list[i].text);
}

/* Decodes the current line. Returns whether it can be played; a header of another machine always can, as far as it is
 * understood. */
static bool
decode_line(struct replay *r)
{
	struct messages found = {0};
	bool good = trace_decode(r->piece.text, r->piece.length, r->name, (unsigned)r->piece.number + 1, &r->line, &found);
	bool header = r->line.kind == LINE_HEADER && (good || r->line.header.machine[0]);

	if (header && !r->headed) {
		memcpy(r->machine, r->line.header.machine, sizeof r->machine);
		r->foreign = r->machine[0] != '\0' && strcmp(r->machine, machine_hash) != 0;
	}
	add_messages(r, &found);
	message_free(&found);
	if (!good && !r->foreign)
		r->failed = true;
	return good || (r->foreign && header);
}

static void
take_line(struct replay *r)
{
	const struct piece *p = &r->piece;

	if (r->headed && looks_expected(p))
		run_expect(&r->run, p);
	else if (!decode_line(r))
		return;
	else if (r->headed && (r->line.kind == LINE_STATE || r->line.kind == LINE_EFFECT))
		run_expect(&r->run, p);
	else
		take_input(r);
}

static bool
is_blank(const struct piece *p)
{
	size_t i = 0;

	while (i < p->length && (p->text[i] == ' ' || p->text[i] == '\t' || p->text[i] == '\r'))
		i++;
	return i == p->length;
}

/* Warns that another machine recorded the trace, and says whether this one answers differently. */
static void
report_machine(const struct replay *r)
{
	size_t removed = 0, added = 0;

	for (size_t i = 0; i < r->diff->count; i++) {
		removed += r->diff->edits[i].removed;
		added += r->diff->edits[i].added;
	}
	if (!r->diff->count)
		message_add(r->messages, MESSAGE_WARNING, r->name, (struct place){1, 0},
			"recorded by machine %s; this machine, %s, answers the same", r->machine, machine_hash);
	else
		message_add(r->messages, MESSAGE_WARNING, r->name, (struct place){1, 0},
			"recorded by machine %s; this machine, %s, answers differently from line %zu on (lines not answered: %zu, "
			"answered instead: %zu)", r->machine, machine_hash, r->diff->edits[0].line + 1, removed, added);
}

bool
replay_watch(const char *name, const char *bytes, size_t length, struct diff *diff, struct messages *messages,
	moment_watcher *watch, void *context)
{
	struct replay r = {.name = name, .messages = messages, .diff = diff, .watch = watch, .context = context};
	struct lines lines = lines_of(bytes, length);

	*diff = (struct diff){.text = bytes, .length = length};
	source_defaults(&r.settings);
	while (lines_next(&lines, &r.piece.text, &r.piece.length)) {
		r.piece.number = lines.count - 1;
		if (!is_blank(&r.piece))
			take_line(&r);
		if (!r.headed && r.failed)
			break;	/* not a trace: one error is enough */
	}
	if (!r.headed && !r.failed) {
		r.piece = (struct piece){0};
		add_error(&r, NULL, "expected a header, {\"trace\":1,...}, found nothing");
	}
	advance_time(&r, r.player.at);
	close_run(&r);
	run_free(&r.run);
	if (!r.failed && r.foreign)
		report_machine(&r);
	return !r.failed;
}

bool
replay_trace(const char *name, const char *bytes, size_t length, struct diff *diff, struct messages *messages)
{
	return replay_watch(name, bytes, length, diff, messages, NULL, NULL);
}
