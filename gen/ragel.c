#include "ragel.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>

#include "memory.h"

extern char **environ;

bool
run_ragel(const struct machine *m, const char *program, const char *flag, const char *from, const char *to)
{
	char *argv[] = {(char *)program, (char *)flag, "-o", (char *)to, (char *)from, NULL};
	pid_t child;
	int error = posix_spawnp(&child, program, NULL, NULL, argv, environ), status;

	if (error) {
		message_add(m->messages, MESSAGE_ERROR, program, (struct place){0}, "cannot be run: %s", strerror(error));
		return false;
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	message_add(m->messages, MESSAGE_ERROR, from, (struct place){0}, "%s %s failed", program, flag);
	return false;
}

enum { NO_STATE = 0, REPORTED_MAX = 10 };

/* What `ragel -x` says of one machine. Its XML has one element a line. */
struct edges {
	unsigned *to, *taken;		/* by symbol; taken: number of our transition, 0: none */
	bool *known;
};

struct found {
	struct machine *machine;
	struct region *region;
	FILE *xml;
	const char *path;
	char *line;
	size_t room;
	unsigned *action;		/* number of our transition by Ragel's action */
	unsigned *table;		/* the same by Ragel's action table */
	unsigned actions, tables, start, error, states;
	struct edges *state;		/* by Ragel's number */
	struct state **partner;		/* ours, by Ragel's number */
	unsigned reported;
};

static bool
differ(struct found *f, struct place place, const char *text)
{
	if (f->reported++ < REPORTED_MAX)
		model_error(f->machine, place, "Ragel made another machine of region \"%s\": %s", f->region->name, text);
	return false;
}

/* Returns what follows the tag in the next line that begins with it, or NULL if a line with the end comes first. */
static const char *
next(struct found *f, const char *tag, const char *end)
{
	while (getline(&f->line, &f->room, f->xml) >= 0) {
		const char *at = f->line + strspn(f->line, " ");

		if (strncmp(at, tag, strlen(tag)) == 0)
			return at + strlen(tag);
		if (end && strncmp(at, end, strlen(end)) == 0)
			return NULL;
	}
	return NULL;
}

static unsigned
number_after(struct found *f, const char *tag)
{
	const char *at = next(f, tag, "</machine>");

	return at ? (unsigned)strtoul(at, NULL, 10) : 0;
}

static bool
read_actions(struct found *f)
{
	const char *at;

	f->actions = number_after(f, "<action_list length=\"");
	f->action = keep((f->actions + 1) * sizeof(*f->action));
	while ((at = next(f, "<action id=\"", "</action_list>"))) {
		unsigned id, taken;

		if (sscanf(at, "%u\" name=\"t%u\"", &id, &taken) != 2 || id >= f->actions)
			return differ(f, f->region->place, "an action that is none of ours");
		f->action[id] = taken;
	}
	f->tables = number_after(f, "<action_table_list length=\"");
	f->table = keep((f->tables + 1) * sizeof(*f->table));
	while ((at = next(f, "<action_table id=\"", "</action_table_list>"))) {
		unsigned id, length, action;

		if (sscanf(at, "%u\" length=\"%u\">%u", &id, &length, &action) != 3 || length != 1 || id >= f->tables ||
			action >= f->actions)
			return differ(f, f->region->place, "two actions on one transition");
		f->table[id] = f->action[action];
	}
	return true;
}

static bool
read_transition(struct found *f, struct edges *edges, const char *at)
{
	unsigned low, high, to, table;
	int fields = sscanf(at, "%u %u %u %u", &low, &high, &to, &table);

	if (fields < 3 || high >= f->region->symbols || low > high || to >= f->states || (fields == 4 && table >= f->tables))
		return differ(f, f->region->place, "a symbol that is none of ours");
	for (unsigned symbol = low; symbol <= high; symbol++) {
		edges->known[symbol] = true;
		edges->to[symbol] = to;
		edges->taken[symbol] = fields == 4 ? f->table[table] : 0;
	}
	return true;
}

static bool
read_states(struct found *f)
{
	const char *at;

	f->start = number_after(f, "<start_state>");
	f->error = number_after(f, "<error_state>");
	f->states = number_after(f, "<state_list length=\"");
	f->state = keep((f->states + 1) * sizeof(*f->state));
	f->partner = keep((f->states + 1) * sizeof(struct state *));
	while ((at = next(f, "<state id=\"", "</state_list>"))) {
		unsigned id = (unsigned)strtoul(at, NULL, 10);
		struct edges *edges = &f->state[id];

		if (id >= f->states)
			return differ(f, f->region->place, "a state without a place");
		*edges = (struct edges){keep((f->region->symbols + 1) * sizeof(unsigned)),
			keep((f->region->symbols + 1) * sizeof(unsigned)), keep(f->region->symbols + 1)};
		while ((at = next(f, "<t>", "</trans_list>")))
			if (!read_transition(f, edges, at))
				return false;
	}
	return true;
}

/* Pairs the states; returns false if one of them is paired with another already. */
static bool
pair(struct found *f, struct state *ours, unsigned theirs)
{
	if (theirs == f->error || f->partner[theirs] != (ours->ragel ? ours : NULL) ||
		(ours->ragel && ours->ragel != theirs))
		return false;
	f->partner[theirs] = ours;
	ours->ragel = theirs;
	return true;
}

static bool
match_symbol(struct found *f, struct state *s, unsigned symbol, struct state *to, unsigned taken, struct place place)
{
	const struct edges *edges = &f->state[s->ragel];

	if (!edges->known[symbol])
		return differ(f, place, keep_format("\"%s\" has no transition for symbol %u", s->path, symbol));
	if (edges->taken[symbol] != taken)
		return differ(f, place, keep_format("\"%s\" takes transition %u on symbol %u, not %u", s->path,
			edges->taken[symbol], symbol, taken));
	if (!pair(f, to, edges->to[symbol]))
		return differ(f, place, keep_format("\"%s\" does not lead to \"%s\" on symbol %u", s->path, to->path, symbol));
	return true;
}

static bool
match_alphabet(struct found *f, struct state *s, const struct alphabet *a, const struct cell *cell)
{
	bool good = true;

	for (unsigned i = 0; i < a->size; i++) {
		const struct branch *b = cell ? &cell->handler->branches[cell->handler->by_symbol[i]] : NULL;
		unsigned taken = cell ? cell->edge + cell->handler->by_symbol[i] : 0;

		good &= match_symbol(f, s, a->base + i, b && b->target ? b->leaf : s, taken, b ? b->place : s->place);
	}
	return good;
}

static bool
match_state(struct found *f, struct state *s)
{
	const struct machine *m = f->machine;
	bool good = true;

	for (unsigned i = 0; i < m->trigger_count + m->state_count; i++) {
		const struct cell *cell = NULL;

		if (s->choice && i == m->trigger_count + s->index)
			cell = &s->cells[0];
		else if (!s->choice && i < m->trigger_count && s->cells[i].handler)
			cell = &s->cells[i];
		good &= match_alphabet(f, s, &f->region->alphabets[i], cell);
	}
	return good;
}

static bool
match_states(struct found *f)
{
	struct region *r = f->region;
	struct state *first = r->root;
	unsigned matched = 0, count = 0;
	bool *done = keep(r->state_count + 1), progress = true, good = true;

	while (first->initial)
		first = first->initial;
	if (f->start >= f->states || !pair(f, first, f->start))
		return differ(f, first->place, "it begins elsewhere");
	while (progress) {
		progress = false;
		for (unsigned i = 0; i < r->state_count; i++) {
			if (!r->states[i]->ragel || done[i])
				continue;
			done[i] = progress = true;
			good &= match_state(f, r->states[i]);
			matched++;
		}
	}
	for (unsigned i = 0; i < r->state_count; i++)
		count += r->states[i]->cells != NULL;
	if (matched != count || f->states != count + 1)
		return differ(f, r->place, keep_format("%u states, of which %u are among our %u", f->states - 1, matched, count));
	return good;
}

static struct region *
find_region(const struct machine *m, const char *name)
{
	for (size_t i = 0; i < m->regions.count; i++) {
		size_t length = strlen(model_region(m, i)->c_name);

		if (strncmp(name, model_region(m, i)->c_name, length) == 0 && name[length] == '"')
			return model_region(m, i);
	}
	return NULL;
}

bool
match_ragel(struct machine *m, const char *path)
{
	struct found f = {.machine = m, .xml = fopen(path, "r"), .path = path};
	unsigned regions = 0;
	const char *name;
	bool good = true;

	if (!f.xml) {
		message_add(m->messages, MESSAGE_ERROR, path, (struct place){0}, "%s", strerror(errno));
		return false;
	}
	/* Ragel's order of the machines is not ours. */
	while (good && (name = next(&f, "<ragel_def name=\"ragel_", NULL))) {
		f.region = find_region(m, name);
		good = f.region && read_actions(&f) && read_states(&f) && match_states(&f);
		regions += good;
	}
	if (regions != m->regions.count && !m->messages->errors)
		model_error(m, (struct place){0}, "Ragel made %u good machines of %zu regions", regions, m->regions.count);
	free(f.line);
	fclose(f.xml);
	return !m->messages->errors;
}
