/* core_alone - the compiled machine without a host: reads lines of a trace, and answers each.
 *
 * A header starts a new machine; a settings line changes its settings; an event needs `at` and `awake`; `due AT AWAKE` asks
 * which timer is due. The answer to each line is the states and effects, then what a host would ask the core,
 * {"wake":ms or null,"session":...,"busy":...,"required":...,"timer":...}, then the view, as a face gets it. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/people.h"
#include "core/player.h"
#include "text/trace/trace.h"

static struct player player;
static struct settings settings;
static struct policy policy;

static void
print_line(const struct trace_line *line)
{
	char text[TRACE_LINE_MAX];

	trace_encode(line, text);
	puts(text);
}

static void
step_event(const struct trace_line *line)
{
	struct answer answer;
	struct event e = line->event;

	assert(line->has_awake);
	e.at = line->at;
	e.awake = line->awake;
	player_step(&player, &e, &answer);
	for (unsigned i = 0; i < answer.state_count; i++)
		print_line(&(struct trace_line){.kind = LINE_STATE, .at = line->at, .state = answer.states[i]});
	for (unsigned i = 0; i < answer.effects.count; i++)
		print_line(&(struct trace_line){.kind = LINE_EFFECT, .at = line->at, .effect = answer.effects.list[i]});
}

static bool
read_line(const char *text, size_t length)
{
	struct messages messages = {0};
	struct trace_line line = {.kind = LINE_END};
	bool fine = trace_decode(text, length, "story", 1, &line, &messages);

	if (fine && line.kind == LINE_HEADER) {
		trace_copy_settings(&line.header, &settings);
		player_init(&player, &settings, line.header.version, true);
	} else if (fine && line.kind == LINE_SETTINGS) {
		trace_copy_settings(&line.header, &settings);
	} else if (fine && line.kind == LINE_EVENT) {
		step_event(&line);
	}
	if (!fine)
		fprintf(stderr, "%s: %s\n", text, messages.list[0].text);
	message_free(&messages);
	return fine;
}

static void
print_status(const char *timer)
{
	const struct machine *m = &player.machine;
	char text[PEOPLE_LINE];
	struct view view;

	if (machine_wake(m) == NEVER)
		printf("{\"wake\":null");
	else
		printf("{\"wake\":%" PRId64, machine_wake(m));
	printf(",\"session\":%s,\"busy\":%s,\"required\":%s,\"timer\":\"%s\"}\n", m->session ? "true" : "false",
		m->busy ? "true" : "false", m->required ? "true" : "false", timer);
	view_of(m, &policy, player.at, player.awake, &view);
	people_view_line(&view, player.at, text);
	puts(text);
	fflush(stdout);
}

int
main(void)
{
	char text[TRACE_LINE_MAX];

	while (fgets(text, sizeof text, stdin)) {
		size_t length = strcspn(text, "\n");
		enum timer timer = TIMERS;
		int64_t at, awake;

		text[length] = '\0';
		if (sscanf(text, "due %" SCNd64 " %" SCNd64, &at, &awake) == 2)
			print_status(machine_due(&player.machine, at, awake, &timer) ? machine_timer[timer] : "");
		else if (read_line(text, length))
			print_status("");
		else
			return 2;
	}
	return 0;
}
