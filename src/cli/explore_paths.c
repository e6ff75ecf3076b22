/* explore_paths - stories that together take every transition: each goes on to whatever is nearest and still untold. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../text/memory.h"
#include "cli.h"
#include "explore.h"

enum {
	STORY_MAX = 24,			/* happenings, after which a story ends */
	LOOK_MAX = 300000,		/* worlds that are looked at for the next of them */
};

struct story {
	uint16_t way[4096];
	size_t length, happenings;
	struct world end;
	unsigned first;			/* the transition with which it begins to be news */
};

struct telling {
	const char *folder;
	const struct scope *scope;
	bool *told;			/* by transition: some story takes it */
	bool *left;			/* told, or looked for in vain in this story */
	unsigned stories, news;
	bool failed;
};

static const char *
event_of(const struct transition *t)
{
	if (t->event == EV_TIMER)
		return machine_timer[t->timer];
	return t->event == EVENTS ? "chosen" : machine_event[t->event].name;
}

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
	while (count-- > 0) {
		t->news += !t->told[taken[count].transition];
		t->told[taken[count].transition] = t->left[taken[count].transition] = true;
	}
	explore_happen(&story->end, m, &e, &answer);
	story->way[story->length++] = move;
	story->happenings += m->kind == MOVE_EVENT;
}

/* On to the nearest transition that is not told yet. False: there is none, or the story has become long. */
static bool
go_on(struct telling *t, struct story *story, struct search *s)
{
	uint16_t *way;
	size_t length;
	bool fits;

	*s = (struct search){.scope = t->scope, .states_max = LOOK_MAX, .from = &story->end, .told = t->left};
	if (search_run(s) != SEARCH_FOUND)
		return false;
	length = search_way(s, s->found, &way);
	fits = story->length + length <= sizeof story->way / sizeof *story->way;
	if (!story->length)
		story->first = s->found_transition;
	for (size_t i = 0; fits && i < length; i++)
		go(t, story, s, way[i]);
	/* What is long past is not told apart in the search, so that its way may lead elsewhere in truth. */
	t->left[s->found_transition] = true;
	free(way);
	return fits && story->happenings < STORY_MAX;
}

static void
write_story(struct telling *t, const struct search *s, const struct story *story)
{
	const struct transition *x = &machine_transition[story->first];
	const char *from = machine_state[x->from].path;
	char path[4096], words[256];
	FILE *out;

	snprintf(words, sizeof words, "What can happen, from %s of %s on.", event_of(x), from);
	snprintf(path, sizeof path, "%s/%02u-%s-%s.trace", t->folder, ++t->stories, from, event_of(x));
	out = fopen(path, "w");
	if (out)
		explore_write(s, story->way, story->length, words, out);
	if (!out || fclose(out) != 0) {
		fprintf(stderr, "lastcall explore: %s: %s\n", path, strerror(errno));
		t->failed = true;
	}
}

static void
tell_all(struct telling *t)
{
	struct story *story = memory_resize(NULL, sizeof *story);
	struct search s;
	bool more;

	do {
		memcpy(t->left, t->told, machine_transitions);
		t->news = 0;
		story->length = story->happenings = 0;
		explore_begin(&story->end, t->scope, EXPLORE_BASE * EXPLORE_UNIT);
		do {
			more = go_on(t, story, &s);
			search_free(&s);
		} while (more);
		if (t->news)
			write_story(t, &s, story);
	} while (t->news && !t->failed);
	free(story);
}

int
explore_paths(const struct scope *scopes, const char *folder)
{
	struct telling t = {.folder = folder, .told = calloc(machine_transitions, 1),
		.left = calloc(machine_transitions, 1)};
	unsigned told = 0;

	if (!t.told || !t.left)
		memory_out();
	if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
		fprintf(stderr, "lastcall explore: %s: %s\n", folder, strerror(errno));
		t.failed = true;
	}
	for (t.scope = scopes; t.scope->name && !t.failed; t.scope++)
		tell_all(&t);
	for (unsigned i = 0; i < machine_transitions; i++) {
		const struct transition *x = &machine_transition[i];

		told += t.told[i];
		if (!t.told[i])
			printf("line %u: no way to %s in %s%s%s\n", x->line, event_of(x), machine_state[x->from].path,
				x->when ? " when " : "", x->when ? x->when : "");
	}
	printf("%u traces take %u of %u transitions\n", t.stories, told, machine_transitions);
	free(t.told);
	free(t.left);
	return t.failed ? EXIT_UNUSABLE : EXIT_FINE;
}
