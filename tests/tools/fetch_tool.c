/* fetch_tool - drives src/agent/fetch from a test: reads a command a line, prints its outcome.
 *
 * usage: fetch_tool [--folder DIR] [--limit BYTES] [--timeout S] [--stall S] [--ca FILE] [--proxy URL]
 *                   [--user-agent TEXT] URL
 *	try	one try            adopted|unchanged|refused|failed: DETAIL
 *	twice	start it twice     its one outcome
 *	stored	ask the store      stored: FIRST LINE | nothing stored
 *	cancel	free it half-way   cancelled
 *	regret	free it at once    cancelled
 *	last	free it in done()  its outcome
 *	shown	its name for logs  the URL
 * A body is good if it begins with "good". */
#include <assert.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/fetch.h"

struct tool {
	struct ev_loop *loop;
	struct fetch_settings settings;
	struct fetch *fetch;
	char body[64];		/* first line of the last adopted one */
	bool free_in_done, cancelling;
};

static bool
accept_body(void *context, const char *bytes, size_t length, char reason[256])
{
	struct tool *t = context;

	assert(bytes[length] == '\0');
	if (strncmp(bytes, "good", 4)) {
		snprintf(reason, 256, "does not begin with \"good\"");
		return false;
	}
	snprintf(t->body, sizeof t->body, "%.*s", (int)strcspn(bytes, "\n"), bytes);
	return true;
}

static void
print_outcome(void *context, enum fetch_outcome outcome, const char *detail)
{
	static const char *const words[] = {"adopted", "unchanged", "refused", "failed"};
	struct tool *t = context;

	assert(!t->cancelling);
	printf("%s: %s\n", words[outcome], detail);
	if (t->free_in_done) {
		fetch_free(t->fetch);
		t->fetch = NULL;
	}
}

static void
stop_loop(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)timer, (void)events;
	ev_break(loop, EVBREAK_ALL);
}

/* Frees the fetch in the middle of a try, then runs the loop: a watcher left behind would crash or hang the tool. */
static void
cancel_fetch(struct tool *t, double seconds)
{
	ev_timer timer;

	fetch_start(t->fetch);
	ev_timer_init(&timer, stop_loop, seconds, 0.);
	ev_timer_start(t->loop, &timer);
	if (seconds > 0.)
		ev_run(t->loop, 0);
	ev_timer_stop(t->loop, &timer);
	t->cancelling = true;
	fetch_free(t->fetch);
	t->fetch = NULL;
	ev_run(t->loop, 0);
	t->cancelling = false;
	puts("cancelled");
}

static void
run_command(struct tool *t, const char *command)
{
	if (!t->fetch)
		t->fetch = fetch_new(t->loop, &t->settings);
	if (!strcmp(command, "stored")) {
		printf("%s%s\n", fetch_stored(t->fetch) ? "stored: " : "nothing stored", t->body);
	} else if (!strcmp(command, "shown")) {
		puts(fetch_shown(t->fetch));
	} else if (!strcmp(command, "cancel") || !strcmp(command, "regret")) {
		cancel_fetch(t, !strcmp(command, "cancel") ? .3 : 0.);
	} else {
		t->free_in_done = !strcmp(command, "last");
		fetch_start(t->fetch);
		if (!strcmp(command, "twice"))
			fetch_start(t->fetch);
		/* Returns once no watcher is left; one left behind would hang the test. */
		ev_run(t->loop, 0);
	}
	fflush(stdout);
}

static void
read_options(struct tool *t, int argc, char **argv)
{
	static const struct option names[] = {{"folder", 1, 0, 'f'}, {"limit", 1, 0, 'l'}, {"timeout", 1, 0, 't'},
		{"stall", 1, 0, 's'}, {"ca", 1, 0, 'c'}, {"proxy", 1, 0, 'p'}, {"user-agent", 1, 0, 'u'}, {0}};
	struct fetch_settings *s = &t->settings;

	*s = (struct fetch_settings){.name = "feed", .limit = 100000, .timeout = 600, .stall = 600, .body = accept_body,
		.done = print_outcome, .context = t};
	for (int o; (o = getopt_long(argc, argv, "", names, NULL)) >= 0;)
		switch (o) {
		case 'f': s->folder = optarg; break;
		case 'l': s->limit = strtoul(optarg, NULL, 10); break;
		case 't': s->timeout = strtod(optarg, NULL); break;
		case 's': s->stall = strtod(optarg, NULL); break;
		case 'c': s->ca_bundle = optarg; break;
		case 'p': s->proxy = optarg; break;
		case 'u': s->user_agent = optarg; break;
		default: exit(2);
		}
	if (optind != argc - 1)
		exit(2);
	s->url = argv[optind];
}

int
main(int argc, char **argv)
{
	struct tool t = {.loop = ev_default_loop(0)};
	char line[64];

	signal(SIGPIPE, SIG_IGN);
	read_options(&t, argc, argv);
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		run_command(&t, line);
	}
	fetch_free(t.fetch);
	ev_loop_destroy(t.loop);
	return 0;
}
