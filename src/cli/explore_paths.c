/* explore_paths - of the shortest ways to every transition as few as will do, each written as a trace. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../text/memory.h"
#include "cli.h"
#include "explore.h"

struct story {
	uint16_t *way;
	size_t length;
	unsigned last;			/* the transition for the sake of which it is told */
	bool *takes;			/* by transition */
};

struct telling {
	const char *folder;
	bool *told;			/* by transition: some story takes it */
	unsigned stories;
	bool failed;
};

static void *
flags(void)
{
	bool *list = memory_resize(NULL, machine_transitions);

	memset(list, 0, machine_transitions);
	return list;
}

/* Goes the way again and writes down what it takes. */
static void
follow(const struct search *s, struct story *story)
{
	struct taken taken[MACHINE_TAKEN];
	struct answer answer;
	struct world w;
	struct event e;

	explore_begin(&w, s->scope, 1000000 * s->scope->unit);
	for (size_t i = 0; i < story->length; i++) {
		const struct move *m = &s->moves[story->way[i] / 2];

		if (!explore_possible(&w, m, s->scope, &e))
			return;
		for (unsigned n = m->kind == MOVE_EVENT || m->kind == MOVE_TIMER ? player_taken(&w.player, &e, taken) : 0; n > 0; n--)
			story->takes[taken[n - 1].transition] = true;
		explore_happen(&w, m, &e, LOST_NOTHING, s->scope, &answer);
	}
}

static unsigned
news(const struct story *story, const struct telling *t)
{
	unsigned count = 0;

	for (unsigned i = 0; i < machine_transitions; i++)
		count += story->takes && story->takes[i] && !t->told[i];
	return count;
}

static const char *
event_of(const struct transition *t)
{
	if (t->event == EV_TIMER)
		return machine_timer[t->timer];
	return t->event == EVENTS ? "chosen" : machine_event[t->event].name;
}

static void
tell(struct telling *t, const struct search *s, const struct story *story)
{
	const struct transition *last = &machine_transition[story->last];
	const char *leads = last->to == STATES ? "changes no state" : machine_state[last->to].path;
	char path[4096], words[256];
	FILE *out;

	snprintf(words, sizeof words, "%s, %s%s%s: %s.", machine_state[last->from].path, event_of(last),
		last->when ? " when " : "", last->when ? last->when : "", leads);
	snprintf(path, sizeof path, "%s/%03u-%s-%s.trace", t->folder, ++t->stories, machine_state[last->from].path, event_of(last));
	out = fopen(path, "w");
	if (out)
		explore_write(s, story->way, story->length, words, out);
	if (!out || fclose(out) != 0) {
		fprintf(stderr, "lastcall explore: %s: %s\n", path, strerror(errno));
		t->failed = true;
	}
	for (unsigned i = 0; i < machine_transitions; i++)
		t->told[i] |= story->takes[i];
}

/* The story with most news first, until none has any. */
static void
tell_all(struct telling *t, const struct search *s, struct story *stories)
{
	for (;;) {
		const struct story *best = NULL;
		unsigned most = 0;

		for (unsigned i = 0; i < machine_transitions; i++)
			if (news(&stories[i], t) > most) {
				best = &stories[i];
				most = news(best, t);
			}
		if (!best || t->failed)
			return;
		tell(t, s, best);
	}
}

static void
search_stories(struct telling *t, const struct scope *scope, size_t states_max)
{
	struct search s = {.scope = scope, .states_max = states_max};
	struct story *stories = memory_resize(NULL, machine_transitions * sizeof *stories);

	s.first = memory_resize(NULL, machine_transitions * sizeof *s.first);
	for (unsigned i = 0; i < machine_transitions; i++) {
		s.first[i].parent = t->told[i] ? 0 : UINT32_MAX;
		s.wanted += !t->told[i];
		stories[i] = (struct story){.last = i};
	}
	search_run(&s);
	for (unsigned i = 0; i < machine_transitions; i++)
		if (!t->told[i] && s.first[i].parent != UINT32_MAX) {
			stories[i].length = search_way(&s, s.first[i], &stories[i].way);
			stories[i].takes = flags();
			follow(&s, &stories[i]);
		}
	tell_all(t, &s, stories);
	for (unsigned i = 0; i < machine_transitions; i++) {
		free(stories[i].way);
		free(stories[i].takes);
	}
	free(stories);
	search_free(&s);
}

int
explore_paths(const struct scope *scopes, const char *folder, size_t states_max)
{
	struct telling t = {.folder = folder, .told = flags()};
	unsigned told = 0;

	if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
		fprintf(stderr, "lastcall explore: %s: %s\n", folder, strerror(errno));
		t.failed = true;
	}
	for (; scopes->name && !t.failed; scopes++)
		search_stories(&t, scopes, states_max);
	for (unsigned i = 0; i < machine_transitions; i++) {
		const struct transition *x = &machine_transition[i];

		told += t.told[i];
		if (!t.told[i])
			printf("line %u: no way to %s in %s%s%s\n", x->line, event_of(x), machine_state[x->from].path,
				x->when ? " when " : "", x->when ? x->when : "");
	}
	printf("%u traces take %u of %u transitions\n", t.stories, told, machine_transitions);
	free(t.told);
	return t.failed ? EXIT_UNUSABLE : EXIT_FINE;
}
