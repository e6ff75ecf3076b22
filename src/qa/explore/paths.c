/* paths - writes traces, called stories, that together take every transition: each goes on to the nearest transition that no
 * story has taken yet. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"
#include "text/command.h"
#include "explore.h"

enum {
	STORY_MAX = 24,			/* events after which a story ends */
	LOOK_MAX = 300000,		/* worlds to search for the next transition */
	TRIES_MAX = 4,			/* ways to try to one transition, in one story */
	STORIES_MAX = 64,
	WAY_MAX = 4096,
};

struct story {
	const struct scope *scope;
	uint16_t way[WAY_MAX];
	size_t length;
	unsigned events, news;		/* news: transitions that no story took before */
	struct world end;
	unsigned first;			/* the first of these transitions */
	bool *takes;			/* by transition */
	bool kept;
};

struct story_set {
	const struct scope *scope;
	struct story *stories[STORIES_MAX];
	unsigned count;
	bool *covered;			/* by transition: some story takes it */
	bool *left;			/* covered, or given up in this story */
	uint8_t *tries;
};

static const char *
event_of(const struct transition *t)
{
	if (t->event == EV_TIMER)
		return machine_timer[t->timer];
	return t->event == EVENTS ? "chosen" : machine_event[t->event].name;
}

/* --- making stories --- */

/* Adds a move to a story, and marks the transitions it takes. */
static void
add_move(struct story_set *t, struct story *story, const struct search *s, uint16_t move)
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

		if (!t->covered[transition] && story->news++ == 0)
			story->first = transition;
		t->covered[transition] = t->left[transition] = story->takes[transition] = true;
	}
	explore_make_move(&story->end, m, &e, &answer);
	story->way[story->length++] = move;
	story->events += m->kind == MOVE_EVENT;
}

/* Extends a story to the nearest transition that is not covered. Returns false if there is none, or the story is long
 * enough. */
static bool
extend_story(struct story_set *t, struct story *story)
{
	struct search s = {.scope = t->scope, .states_max = LOOK_MAX, .from = &story->end, .covered = t->left};
	bool found = search_run(&s) == SEARCH_FOUND, fits = false;
	uint16_t *way;
	size_t length;

	if (found) {
		length = search_way(&s, s.found, &way);
		fits = story->length + length <= WAY_MAX;
		for (size_t i = 0; fits && i < length; i++)
			add_move(t, story, &s, way[i]);
		/* The search treats all long past times alike, and all far ahead: its way may miss the transition. */
		if (++t->tries[s.found_transition] == TRIES_MAX)
			t->left[s.found_transition] = true;
		free(way);
	}
	search_free(&s);
	return fits && story->events < STORY_MAX;
}

static void
free_story(struct story *story)
{
	free(story->takes);
	free(story);
}

static void
make_stories(struct story_set *t)
{
	struct story *story;

	while (t->count < STORIES_MAX) {
		story = memory_zeroed(sizeof *story);
		story->scope = t->scope;
		story->takes = memory_zeroed(machine_transitions);
		memcpy(t->left, t->covered, machine_transitions);
		memset(t->tries, 0, machine_transitions);
		explore_begin(&story->end, t->scope, EXPLORE_BASE * EXPLORE_UNIT);
		while (extend_story(t, story))
			;
		if (!story->news) {
			free_story(story);
			return;
		}
		t->stories[t->count++] = story;
	}
}

/* --- choosing the fewest --- */

/* Returns how many stories take a transition. */
static unsigned
count_takers(const struct story_set *t, unsigned transition, bool *kept)
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

/* Keeps up to `more` further stories so that those kept take every transition. Returns false if that is too few. Begins with
 * the transition that the fewest stories take, since one of these must be kept. */
static bool
keep_stories(struct story_set *t, unsigned more)
{
	unsigned rarest = machine_transitions, fewest = STORIES_MAX + 1;

	for (unsigned i = 0; i < machine_transitions; i++) {
		bool kept;
		unsigned count = count_takers(t, i, &kept);

		if (t->covered[i] && !kept && count < fewest) {
			rarest = i;
			fewest = count;
		}
	}
	if (rarest == machine_transitions)
		return true;
	for (unsigned i = 0; more && i < t->count; i++)
		if (t->stories[i]->takes[rarest]) {
			t->stories[i]->kept = true;
			if (keep_stories(t, more - 1))
				return true;
			t->stories[i]->kept = false;
		}
	return false;
}

static unsigned
keep_fewest(struct story_set *t)
{
	unsigned count = 0;

	while (!keep_stories(t, count))
		count++;
	return count;
}

/* --- writing stories --- */

static bool
write_story(const struct story *story, const char *folder, unsigned number)
{
	const struct transition *x = &machine_transition[story->first];
	const char *from = machine_state[x->from].path;
	struct search s = {.scope = story->scope};
	char path[4096], words[256];
	FILE *out;

	explore_moves(s.scope, s.moves);
	snprintf(words, sizeof words, "What can happen, from %s in %s on.", event_of(x), from);
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
write_kept(const struct story_set *t, const char *folder)
{
	unsigned number = 0;

	for (unsigned i = 0; i < t->count; i++)
		if (t->stories[i]->kept && !write_story(t->stories[i], folder, ++number))
			return false;
	return true;
}

static void
print_summary(const struct story_set *t, unsigned kept)
{
	unsigned covered = 0;

	for (unsigned i = 0; i < machine_transitions; i++) {
		const struct transition *x = &machine_transition[i];

		covered += t->covered[i];
		if (!t->covered[i])
			printf("line %u: found no way to %s in %s%s%s\n", x->line, event_of(x), machine_state[x->from].path,
				x->when ? " when " : "", x->when ? x->when : "");
	}
	printf("%u traces take %u of %u transitions\n", kept, covered, machine_transitions);
}

int
explore_paths(const struct scope *scopes, const char *folder)
{
	struct story_set t = {.covered = memory_zeroed(machine_transitions), .left = memory_zeroed(machine_transitions),
		.tries = memory_zeroed(machine_transitions)};
	bool written;

	for (t.scope = scopes; t.scope->name; t.scope++)
		make_stories(&t);
	print_summary(&t, keep_fewest(&t));
	written = write_kept(&t, folder);
	while (t.count > 0)
		free_story(t.stories[--t.count]);
	free(t.covered);
	free(t.left);
	free(t.tries);
	return written ? EXIT_FINE : EXIT_UNUSABLE;
}
