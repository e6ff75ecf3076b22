#include "coverage.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "text/file.h"
#include "text/memory.h"

enum { GUARDS_MAX = 16, MACHINE_BYTES_MAX = 8 << 20 };

/* The transitions of one state for one event share their guards; the first of them counts the answers. */
struct counter {
	uint64_t taken, answered[GUARDS_MAX][2];
};

static struct {
	const char *file;
	char *text;
	struct counter *counters;	/* by transition; NULL: nothing is counted */
} coverage;

static bool
same_cell(const struct transition *a, const struct transition *b)
{
	return a->from == b->from && a->event == b->event && a->timer == b->timer;
}

static unsigned
first_transition(unsigned transition)
{
	while (transition > 0 && same_cell(&machine_transition[transition - 1], &machine_transition[transition]))
		transition--;
	return transition;
}

/* Compares the hash of a file with the machine's; the same hash as in the generator. */
static bool
is_machine_file(const char *bytes, size_t length)
{
	uint64_t h = 0xcbf29ce484222325;
	char hex[17];

	for (size_t i = 0; i < length; i++)
		h = (h ^ (unsigned char)bytes[i]) * 0x100000001b3;
	snprintf(hex, sizeof hex, "%016" PRIx64, h);
	return !strcmp(hex, machine_hash);
}

bool
coverage_begin(const char *machine_file)
{
	struct messages messages = {0};
	size_t length;
	char *text;

	coverage.file = machine_file;
	coverage.text = file_read(machine_file, MACHINE_BYTES_MAX, &length, &messages);
	if (coverage.text && !is_machine_file(coverage.text, length))
		message_add(&messages, MESSAGE_ERROR, machine_file, (struct place){0, 0},
			"expected the file from which this lastcall's machine was compiled, found another (its hash differs)");
	text = message_text(&messages);
	fputs(text, stderr);
	free(text);
	if (!messages.errors) {
		coverage.counters = memory_resize(NULL, machine_transitions * sizeof *coverage.counters);
		memset(coverage.counters, 0, machine_transitions * sizeof *coverage.counters);
	}
	message_free(&messages);
	return coverage.counters;
}

void
coverage_step(const struct player *p, const struct event *e)
{
	struct taken taken[MACHINE_TAKEN];
	unsigned count = coverage.counters ? player_taken(p, e, taken) : 0;

	for (unsigned i = 0; i < count; i++) {
		const struct transition *t = &machine_transition[taken[i].transition];
		struct counter *first = &coverage.counters[first_transition(taken[i].transition)];

		coverage.counters[taken[i].transition].taken++;
		for (unsigned g = 0; t->asks[g]; g++)
			first->answered[g][taken[i].truth >> g & 1]++;
	}
}

/* Prints what was never seen, below a line. */
static void
print_gaps(unsigned number)
{
	for (unsigned i = 0; i < machine_transitions; i++) {
		const struct transition *t = &machine_transition[i];
		const struct counter *first = &coverage.counters[first_transition(i)];

		if (t->line != number)
			continue;
		if (!coverage.counters[i].taken)
			printf("        ^ never taken from %s%s%s\n", machine_state[t->from].path, t->when ? " when " : "",
				t->when ? t->when : "");
		for (unsigned g = 0; first_transition(i) == i && t->asks[g]; g++)
			for (unsigned truth = 0; truth < 2; truth++)
				if (*t->asks[g] && !first->answered[g][truth])
					printf("        ? in %s %s was never %s\n", machine_state[t->from].path, t->asks[g],
						truth ? "true" : "false");
	}
}

/* Returns how often the transitions of a line were taken, or -1 if it has none. */
static int64_t
taken_on(unsigned number)
{
	int64_t sum = -1;

	for (unsigned i = 0; i < machine_transitions; i++)
		if (machine_transition[i].line == number)
			sum = (sum < 0 ? 0 : sum) + (int64_t)coverage.counters[i].taken;
	return sum;
}

static void
print_annotated(void)
{
	unsigned number = 1;

	for (char *line = coverage.text, *end; *line; line = end, number++) {
		int64_t sum = taken_on(number);

		end = line + strcspn(line, "\n");
		if (sum > 0)
			printf("%7" PRId64 " | %.*s\n", sum, (int)(end - line), line);
		else
			printf("%s | %.*s\n", sum < 0 ? "       " : "  never", (int)(end - line), line);
		print_gaps(number);
		end += *end == '\n';
	}
}

struct sums {
	unsigned transitions, timers, timers_all, outcomes, outcomes_all;
};

static struct sums
sum_counters(void)
{
	struct sums s = {0};

	for (unsigned i = 0; i < machine_transitions; i++) {
		const struct transition *t = &machine_transition[i];
		const struct counter *counter = &coverage.counters[i];

		s.transitions += counter->taken > 0;
		s.timers_all += t->event == EV_TIMER;
		s.timers += t->event == EV_TIMER && counter->taken > 0;
		for (unsigned g = 0; first_transition(i) == i && t->asks[g]; g++)
			if (*t->asks[g]) {
				s.outcomes += counter->answered[g][0] > 0;
				s.outcomes += counter->answered[g][1] > 0;
				s.outcomes_all += 2;
			}
	}
	return s;
}

static void
write_outcomes(FILE *out, unsigned i)
{
	const struct transition *t = &machine_transition[i];
	const struct counter *counter = &coverage.counters[i];

	for (unsigned g = 0; first_transition(i) == i && t->asks[g]; g++)
		for (unsigned truth = 0; *t->asks[g] && truth < 2; truth++)
			fprintf(out, "BRDA:%u,%u,%u,%" PRIu64 "\n", t->line, i, 2 * g + truth, counter->answered[g][truth]);
}

/* Writes the format of geninfo(1): lines that have transitions, a function for each transition, a branch for each answer
 * of a guard. */
static bool
write_lcov(const char *path, const struct sums *s)
{
	FILE *out = fopen(path, "w");
	unsigned lines = 0, hit = 0, last = 0;

	if (!out)
		return false;
	fprintf(out, "TN:\nSF:%s\n", coverage.file);
	for (unsigned i = 0; i < machine_transitions; i++) {
		const struct transition *t = &machine_transition[i];
		const char *event = t->event == EV_TIMER ? machine_timer[t->timer] :
			t->event == EVENTS ? "choice" : machine_event[t->event].name;

		fprintf(out, "FN:%u,%s/%s/%u\nFNDA:%" PRIu64 ",%s/%s/%u\n", t->line, machine_state[t->from].path, event, i,
			coverage.counters[i].taken, machine_state[t->from].path, event, i);
	}
	fprintf(out, "FNF:%u\nFNH:%u\n", machine_transitions, s->transitions);
	for (unsigned i = 0; i < machine_transitions; i++) {
		unsigned line = machine_transition[i].line;

		write_outcomes(out, i);
		last = line > last ? line : last;
	}
	fprintf(out, "BRF:%u\nBRH:%u\n", s->outcomes_all, s->outcomes);
	for (unsigned line = 1; line <= last; line++)
		if (taken_on(line) >= 0) {
			fprintf(out, "DA:%u,%" PRId64 "\n", line, taken_on(line));
			lines++;
			hit += taken_on(line) > 0;
		}
	fprintf(out, "LF:%u\nLH:%u\nend_of_record\n", lines, hit);
	return fclose(out) == 0;
}

bool
coverage_show(const char *lcov)
{
	struct sums s = sum_counters();
	bool good = !lcov || write_lcov(lcov, &s);

	if (!good)
		fprintf(stderr, "lastcall replay: %s: %s\n", lcov, strerror(errno));
	print_annotated();
	printf("%u of %u transitions taken, %u of %u of timers, %u of %u guard answers seen\n", s.transitions,
		machine_transitions, s.timers, s.timers_all, s.outcomes, s.outcomes_all);
	free(coverage.counters);
	free(coverage.text);
	coverage.counters = NULL;
	return good;
}
