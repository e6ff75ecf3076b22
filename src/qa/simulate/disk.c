#include "disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- writing --- */

static size_t
seal_next_line(const struct disk *d, const struct trace_line *line, char sealed[SEALED_MAX])
{
	char text[TRACE_LINE_MAX];

	return seal_line(text, trace_encode(line, text), d->lines + 1, sealed);
}

static void
append_line(struct disk *d, const struct trace_line *line)
{
	char sealed[SEALED_MAX];

	buffer_add(&d->journal, sealed, seal_next_line(d, line, sealed));
	d->lines++;
}

/* Appends a line as a crash leaves it. */
static void
append_torn(struct disk *d, const struct trace_line *line)
{
	char sealed[SEALED_MAX];
	uint32_t length = (uint32_t)seal_next_line(d, line, sealed), at = random_below(&d->random, length);

	switch (random_below(&d->random, 4)) {
	case 0:
		length = at;
		break;
	case 1:
		memset(sealed + at, 0, 1 + random_below(&d->random, length - at));
		break;
	case 2:
		sealed[at] = (char)(sealed[at] ^ 1 << random_below(&d->random, 8));
		break;
	default:
		d->lines++;
	}
	buffer_add(&d->journal, sealed, length);
}

static struct trace_line
event_line(const struct world *w)
{
	struct trace_line line = {.kind = LINE_EVENT, .at = w->event.at, .event = w->event, .has_awake = true,
		.awake = w->player.awake};

	if (w->event.kind == EV_START || w->event.kind == EV_BOOTED)
		snprintf(line.boot, sizeof line.boot, "%u", w->boot);
	return line;
}

/* Returns line `number`, from 0, of those that the agent writes about what happened. */
static struct trace_line
journal_line(const struct world *w, enum happened what, unsigned number)
{
	unsigned states = w->answer.state_count;
	struct trace_line line = {.at = w->event.at};

	if (what == HAPPENED_SETTINGS) {
		line.kind = LINE_SETTINGS;
		line.has_awake = true;
		line.awake = w->player.awake;
		line.header.has_settings = true;
		line.header.settings = w->settings;
	} else if (number == 0) {
		line = event_line(w);
	} else if (number <= states) {
		line.kind = LINE_STATE;
		line.state = w->answer.states[number - 1];
	} else {
		line.kind = LINE_EFFECT;
		line.effect = w->answer.effects.list[number - 1 - states];
	}
	return line;
}

/* --- recovery --- */

static bool
fold_line(void *recovery, const char *text, size_t length)
{
	struct messages messages = {0};
	bool good = recovery_read(recovery, text, length, &messages);

	message_free(&messages);
	return good;
}

static void
set_wrong(struct disk *d, const char *why)
{
	if (!d->wrong)
		d->wrong = why;
}

/* Folds the intact part of the journal and cuts off the rest. */
static void
recover_journal(struct disk *d)
{
	struct sealed found = seal_scan_on(d->journal.bytes, d->journal.length, d->known);
	uint64_t more = found.lines - d->known.lines;

	if (found.damaged)
		set_wrong(d, "a torn line counts as damage");
	else if (found.lines != d->lines)
		set_wrong(d, found.lines < d->lines ? "a line that was on disk is lost" : "a torn line counts as whole");
	else if (seal_each(d->journal.bytes + d->known.good, found.good - d->known.good, fold_line, &d->folded) != more)
		set_wrong(d, d->folded.why);
	d->journal.length = found.good;
	d->known = found;
}

/* Completes a recovery, as the agent does, with a crash now and then. Returns false after a crash; the effects begun then do
 * not count. */
static bool
complete_recovery(struct disk *d, struct effects *begun)
{
	struct recovery r = d->folded;
	struct trace_line line;

	begun->count = 0;
	while (recovery_rest(&r, &line)) {
		if (random_chance(&d->random, d->fault_per_mille)) {
			append_torn(d, &line);
			return false;
		}
		append_line(d, &line);
		if (line.kind != LINE_EFFECT)
			continue;
		if (machine_effect[line.effect.kind].once)
			set_wrong(d, "an effect marked once begins again");
		begun->list[begun->count++] = line.effect;
	}
	return true;
}

static bool
same_machine(const struct machine *a, const struct machine *b)
{
	const char *one = (const char *)a, *other = (const char *)b;

	if (a->at != b->at || a->awake != b->awake || memcmp(a->due, b->due, sizeof a->due) != 0 ||
	    memcmp(a->state, b->state, sizeof a->state) != 0)
		return false;
	for (const struct remembered *r = machine_context; r->name; r++)
		if (memcmp(one + r->offset, other + r->offset, r->size) != 0)
			return false;
	return true;
}

static void
compare_recovered(struct disk *d, const struct player *player, const struct settings *settings)
{
	const struct recovery *r = &d->folded;

	if (!same_machine(&r->player.machine, &player->machine) || r->player.asleep != player->asleep)
		set_wrong(d, "the recovered machine differs from the one before the crash");
	if (memcmp(&r->settings, settings, sizeof *settings) != 0)
		set_wrong(d, "the recovered settings differ from those before the crash");
}

/* Recovers, and checks that the machine is that of the player. Returns it, with the effects that the next agent begins. */
static struct found
recover_machine(struct disk *d, const struct player *player, const struct settings *settings)
{
	struct found found = {.journaled = true};

	recover_journal(d);
	compare_recovered(d, player, settings);
	found.player = *player;		/* its clocks are the device's */
	found.player.machine = d->folded.player.machine;
	while (!d->wrong && !complete_recovery(d, &found.left)) {
		recover_journal(d);
		compare_recovered(d, player, settings);
	}
	found.boot = (uint32_t)strtoul(d->folded.boot, NULL, 10);
	return found;
}

/* --- a life --- */

void
disk_begin(struct disk *d, const struct world *w, uint64_t seed)
{
	struct trace_line header = {.kind = LINE_HEADER};

	*d = (struct disk){.random = random_of(seed, 1), .fault_per_mille = w->nature.fault_per_mille};
	header.header.has_settings = true;
	header.header.recorded = true;
	header.header.settings = w->settings;
	header.header.version = w->nature.installed;
	snprintf(header.header.machine, sizeof header.header.machine, "%s", machine_hash);
	append_line(d, &header);
}

static bool
write_torn(struct disk *d, struct world *w, enum happened what, unsigned lines)
{
	const struct torn *t = &w->torn;
	uint64_t before = d->lines;
	struct found found;
	bool journaled;

	for (unsigned i = 0; i < t->written; i++) {
		struct trace_line line = journal_line(w, what, i);

		append_line(d, &line);
	}
	if (t->written < lines) {
		struct trace_line line = journal_line(w, what, t->written);

		append_torn(d, &line);
	}
	journaled = d->lines > before;
	found = recover_machine(d, journaled ? &w->player : &t->player, journaled ? &w->settings : &t->settings);
	found.journaled = journaled;
	world_recover(w, &found);
	return journaled && !d->wrong;
}

bool
disk_write(struct disk *d, struct world *w, enum happened what)
{
	unsigned lines = what == HAPPENED_EVENT ? 1 + w->answer.state_count + w->answer.effects.count : 1;

	if (what == HAPPENED_CRASH) {
		recover_machine(d, &w->player, &w->settings);
		return !d->wrong;
	}
	if (w->torn.yes)
		return write_torn(d, w, what, lines);
	for (unsigned i = 0; i < lines; i++) {
		struct trace_line line = journal_line(w, what, i);

		append_line(d, &line);
	}
	return true;
}

void
disk_check(struct disk *d)
{
	struct recovery whole = {0};
	struct sealed found;

	recover_journal(d);
	found = seal_scan(d->journal.bytes, d->journal.length);
	if (found.good != d->journal.length || seal_each(d->journal.bytes, found.good, fold_line, &whole) != d->lines)
		set_wrong(d, "the whole journal no longer recovers");
	else
		compare_recovered(d, &whole.player, &whole.settings);
}

void
disk_free(struct disk *d)
{
	buffer_free(&d->journal);
}
