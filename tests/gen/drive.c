/* drive - steps any generated machine through a script on standard input, by its generated tables, and prints each answer.
 * A line is `set NAME=NUMBER...` for the settings, or
 *
 *	AT AWAKE [EVENT [FIELD=NUMBER...]]	the event, then the timers that are due at these clocks
 */
#include "machine.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
fill(const struct kind *kind, void *fields, char *words)
{
	for (char *word = strtok(words, " \n"); word; word = strtok(NULL, " \n")) {
		char *value = strchr(word, '=');
		unsigned i = 0;

		assert(value);
		*value++ = '\0';
		while (i < kind->field_count && strcmp(kind->fields[i].name, word) != 0)
			i++;
		assert(i < kind->field_count);
		*(int64_t *)((char *)fields + kind->fields[i].offset) = strtoll(value, NULL, 10);
	}
}

static void
print_effect(const struct effect *effect)
{
	const struct kind *kind = &machine_effect[effect->kind];

	printf("    %s%s", kind->name, kind->once ? " (once)" : "");
	for (unsigned i = 0; i < kind->field_count; i++) {
		const struct field *f = &kind->fields[i];
		int64_t value = *(const int64_t *)((const char *)effect + f->offset);

		if (f->words)
			printf(" %s=%s", f->name, f->words[value]);
		else
			printf(" %s=%" PRId64, f->name, value);
	}
	putchar('\n');
}

static void
step(struct machine *m, const struct event *e)
{
	struct effects effects;

	machine_step(m, e, &effects);
	printf("%" PRId64 " %" PRId64 " %s%s%s ->", e->at, e->awake, machine_event[e->kind].name,
		e->kind == EV_TIMER ? " " : "", e->kind == EV_TIMER ? machine_timer[e->timer] : "");
	for (int r = 0; r < REGIONS; r++)
		printf(" %s", machine_state[m->state[r]].path);
	for (enum timer t = 0; t < TIMERS; t++)
		if (machine_armed(m, t))
			printf(", %s in %" PRId64, machine_timer[t], machine_left(m, t, e->at, e->awake));
	if (machine_wake(m) != NEVER)
		printf(", wake at %" PRId64, machine_wake(m));
	putchar('\n');
	for (unsigned i = 0; i < effects.count; i++)
		print_effect(&effects.list[i]);
}

int
main(void)
{
	struct settings settings = {0};
	struct machine m;
	char line[256];

	machine_init(&m, &settings);
	while (fgets(line, sizeof(line), stdin)) {
		struct event e = {0};
		struct event due = {.kind = EV_TIMER};
		char name[64] = "";
		int used = 0;

		if (strncmp(line, "set ", 4) == 0) {
			fill(&machine_settings, &settings, line + 4);
			continue;
		}
		if (sscanf(line, "%" SCNd64 " %" SCNd64 " %63s%n", &e.at, &e.awake, name, &used) < 2)
			continue;
		if (*name) {
			while (e.kind < EV_TIMER && strcmp(machine_event[e.kind].name, name) != 0)
				e.kind++;
			assert(e.kind < EV_TIMER);
			fill(&machine_event[e.kind], &e, line + used);
			step(&m, &e);
		}
		due.at = e.at;
		due.awake = e.awake;
		/* A timer may be due again at once; the limit ends a machine in which that goes on for ever. */
		for (int left = 9; left-- && machine_due(&m, e.at, e.awake, &due.timer);)
			step(&m, &due);
	}
}
