/* explore_paths - stories that together take every transition: each goes on to whatever is nearest and still untold. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"
#include "text/command.h"
#include "explore.h"

enum {
	STORY_MAX = 24,			/* happenings, after which a story ends */
	LOOK_MAX = 300000,		/* worlds that are looked at for the next of them */
	TRIES_MAX = 4,			/* ways to a transition, in one story */
	STORIES_MAX = 64,
	WAY_MAX = 4096,
};

struct story {
	const struct scope *scope;
	uint16_t way[WAY_MAX];
	size_t length;
	unsigned happenings, news;
	struct world end;
	unsigned first;			/* the transition with which it began to be news */
	bool *takes;			/* by transition */
	bool kept;
};

struct telling {
	const struct scope *scope;
	struct story *stories[STORIES_MAX];
	unsigned count;
	bool *told;			/* by transition: some story takes it */
	bool *left;			/* told, or tried in vain in this story */
	uint8_t *tries;
};

static const char *
event_of(const struct transition *t)
{
	if (t->event == EV_TIMER)
		return machine_timer[t->timer];
	return t->event == EVENTS ? "chosen" : machine_event[t->event].name;
}

/* --- telling them --- */

/* Goes on by a move, and writes down what it takes. */
static void
go(struct telling *t, struct story *story, const struct search *s, uint16_t move)
{
	const struct move *m = &s->moves[move / 2];
	struct taken taken[MACHINE_TAKEN];
	struct answer answer;
	struct event e;
	unsigned count = 0;

	if (!explore_possible(&story->end, m, t->scope, &e))
		return;
	if (m->kind == MOVE_EVENT || m->kind == MOVE_TIMER)
		count = player_taken(&story->end.player, &e, taken);
	for (unsigned i = 0; i < count; i++) {
		unsigned transition = taken[i].transition;

		if (!t->told[transition] && story->news++ == 0)
			story->first = transition;
		t->told[transition] = t->left[transition] = story->takes[transition] = true;
	}
	explore_happen(&story->end, m, &e, &answer);
	story->way[story->length++] = move;
	story->happenings += m->kind == MOVE_EVENT;
}

/* On to the nearest transition that is not told yet. False: there is none, or the story has become long. */
static bool
go_on(struct telling *t, struct story *story)
{
	struct search s = {.scope = t->scope, .states_max = LOOK_MAX, .from = &story->end, .told = t->left};
	bool found = search_run(&s) == SEARCH_FOUND, fits = false;
	uint16_t *way;
	size_t length;

	if (found) {
		length = search_way(&s, s.found, &way);
		fits = story->length + length <= WAY_MAX;
		for (size_t i = 0; fits && i < length; i++)
			go(t, story, &s, way[i]);
		/* What is long past or far ahead is not told apart in the search: in truth its way may only lead nearer. */
		if (++t->tries[s.found_transition] == TRIES_MAX)
			t->left[s.found_transition] = true;
		free(way);
	}
	search_free(&s);
	return fits && story->happenings < STORY_MAX;
}

static void
forget(struct story *story)
{
	free(story->takes);
	free(story);
}

static void
tell_all(struct telling *t)
{
	struct story *story;

	while (t->count < STORIES_MAX) {
		story = memory_zeroed(sizeof *story);
		story->scope = t->scope;
		story->takes = memory_zeroed(machine_transitions);
		memcpy(t->left, t->told, machine_transitions);
		memset(t->tries, 0, machine_transitions);
		explore_begin(&story->end, t->scope, EXPLORE_BASE * EXPLORE_UNIT);
		while (go_on(t, story))
			;
		if (!story->news) {
			forget(story);
			return;
		}
		t->stories[t->count++] = story;
	}
}

/* --- the fewest of them --- */

static unsigned
takers(const struct telling *t, unsigned transition, bool *kept)
{
	unsigned count = 0;

	*kept = false;
	for (unsigned i = 0; i < t->count; i++)
		if (t->stories[i]->takes[transition]) {
			count++;
			*kept |= t->stories[i]->kept;
		}
	return count;
}

/* Keeps so many more stories that all which is told is told by those kept; false: they are too few. One of those that
 * take a transition must be kept, so the transition that fewest take goes first. */
static bool
keep(struct telling *t, unsigned more)
{
	unsigned rarest = machine_transitions, fewest = STORIES_MAX + 1;

	for (unsigned i = 0; i < machine_transitions; i++) {
		bool kept;
		unsigned count = takers(t, i, &kept);

		if (t->told[i] && !kept && count < fewest) {
			rarest = i;
			fewest = count;
		}
	}
	if (rarest == machine_transitions)
		return true;
	for (unsigned i = 0; more && i < t->count; i++)
		if (t->stories[i]->takes[rarest]) {
			t->stories[i]->kept = true;
			if (keep(t, more - 1))
				return true;
			t->stories[i]->kept = false;
		}
	return false;
}

static unsigned
keep_fewest(struct telling *t)
{
	unsigned count = 0;

	while (!keep(t, count))
		count++;
	return count;
}

/* --- writing them --- */

static bool
write_story(const struct story *story, const char *folder, unsigned number)
{
	const struct transition *x = &machine_transition[story->first];
	const char *from = machine_state[x->from].path;
	struct search s = {.scope = story->scope};
	char path[4096], words[256];
	FILE *out;

	explore_moves(s.scope, s.moves);
	snprintf(words, sizeof words, "What can happen, from %s of %s on.", event_of(x), from);
	snprintf(path, sizeof path, "%s/%02u-%s-%s.trace", folder, number, from, event_of(x));
	out = fopen(path, "w");
	if (out)
		explore_write(&s, story->way, story->length, words, out);
	if (out && explore_close(out))
		return true;
	fprintf(stderr, "lastcall explore: %s: %s\n", path, strerror(errno));
	return false;
}

static bool
write_kept(const struct telling *t, const char *folder)
{
	unsigned number = 0;

	for (unsigned i = 0; i < t->count; i++)
		if (t->stories[i]->kept && !write_story(t->stories[i], folder, ++number))
			return false;
	return true;
}

static void
summarize(const struct telling *t, unsigned kept)
{
	unsigned told = 0;

	for (unsigned i = 0; i < machine_transitions; i++) {
		const struct transition *x = &machine_transition[i];

		told += t->told[i];
		if (!t->told[i])
			printf("line %u: no way to %s in %s%s%s\n", x->line, event_of(x), machine_state[x->from].path,
				x->when ? " when " : "", x->when ? x->when : "");
	}
	printf("%u traces take %u of %u transitions\n", kept, told, machine_transitions);
}

int
explore_paths(const struct scope *scopes, const char *folder)
{
	struct telling t = {.told = memory_zeroed(machine_transitions), .left = memory_zeroed(machine_transitions),
		.tries = memory_zeroed(machine_transitions)};
	bool written;

	for (t.scope = scopes; t.scope->name; t.scope++)
		tell_all(&t);
	summarize(&t, keep_fewest(&t));
	written = write_kept(&t, folder);
	while (t.count > 0)
		forget(t.stories[--t.count]);
	free(t.told);
	free(t.left);
	free(t.tries);
	return written ? EXIT_FINE : EXIT_UNUSABLE;
}
