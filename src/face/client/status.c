/* status - the agent's view, for people, or as the JSON it came as. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/probe.h"
#include "text/instant.h"
#include "words/phrase.h"
#include "words/words.h"
#include "text/zone.h"
#include "cli/cli.h"
#include "client.h"

/* The first whose state begins so says it; the update's version goes in between. */
static const struct sentence {
	const char *state;
	bool required;
	const char *before, *after;
} sentences[] = {
	{"idle", true, "Update ", " will be required."},
	{"idle", false, "Nothing is required of this device.", ""},
	{"notify-window", true, "Update ", " is required."},
	{"countdown", true, "Update ", " is due: save your work."},
	{"unattended", true, "Update ", " is due, and nobody is logged in."},
	{"installing", true, "Update ", " is being installed."},
	{"rebooting", true, "The device restarts to finish update ", "."},
	{"verifying", true, "Update ", " is being verified."},
	{"retry", true, "Update ", " could not be installed yet; another attempt follows."},
	{"failed", true, "Update ", " could not be installed."},
};

static const char *
text_of(const json_t *view, const char *key)
{
	const char *text = json_string_value(json_object_get(view, key));

	return text ? text : "";
}

static const struct zone *
device_zone(void)
{
	struct probe_device device;
	char error[256];
	const char *why;
	const struct zone *zone = probe_device("", &device, error) ? zone_load(device.time_zone, &why) : NULL;

	return zone ? zone : &calendar_utc;
}

static void
print_moment(const char *label, const char *instant, const struct zone *zone)
{
	char words[WORDS_TEXT];
	int64_t at;

	if (instant_parse(instant, &at))
		printf("  %-10s %s\n", label, words_moment(at, zone, words));
}

static void
print_numbers(const json_t *view)
{
	const json_t *left = json_object_get(view, "left"), *progress = json_object_get(view, "progress");
	char words[WORDS_TEXT];

	if (json_is_integer(left))
		printf("  %-10s %s\n", "time left", language_timer(json_integer_value(left) * 1000, words));
	if (json_is_integer(progress))
		printf("  %-10s %d %%\n", "progress", (int)json_integer_value(progress));
}

static void
print_sentence(const char *state, const char *target)
{
	for (unsigned i = 0; i < sizeof sentences / sizeof *sentences; i++) {
		const struct sentence *s = &sentences[i];

		if (strncmp(state, s->state, strlen(s->state)) == 0 && s->required == (*target != '\0')) {
			printf("%s%s%s\n", s->before, target, s->after);
			return;
		}
	}
	printf("%s %s\n", state, target);	/* an agent newer than this command */
}

static void
print_view(const json_t *view)
{
	const struct zone *zone = device_zone();
	const char *target = text_of(view, "target"), *cache = text_of(view, "cache");

	print_sentence(text_of(view, "state"), target);
	print_moment("deadline", text_of(view, "deadline"), zone);
	print_moment("reminder", text_of(view, "reminder"), zone);
	print_numbers(view);
	if (*target)
		printf("  %-10s %s\n", "download", strcmp(cache, "cached") == 0 ? "done"
			: strcmp(cache, "caching") == 0 ? "under way" : "not yet");
	if (json_is_true(json_object_get(view, "safe_mode")))
		puts("  safe mode: nothing is closed, installed or restarted");
}

/* As on the screen, for want of one. */
static void
print_card(const json_t *card)
{
	static const char *const parts[] = {"heading", "title", "note", "body"};
	json_t *row;
	size_t i;

	if (!json_is_object(card))
		return;
	putchar('\n');
	for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
		if (*text_of(card, parts[k]))
			printf("  %s\n", text_of(card, parts[k]));
	json_array_foreach(json_object_get(card, "rows"), i, row)
		printf("  %s: %s\n", json_string_value(json_array_get(row, 0)), json_string_value(json_array_get(row, 1)));
}

static void
print_text(const json_t *text)
{
	const json_t *buttons = json_object_get(text, "buttons");
	json_t *button;
	size_t i;

	print_card(json_object_get(text, "banner"));
	print_card(json_object_get(text, "window"));
	json_array_foreach(buttons, i, button)
		printf("%s[%s]", i ? " " : "\n  ", text_of(button, "label"));
	fputs(json_array_size(buttons) ? "\n" : "", stdout);
}

/* The agent's words for what it shows, in the language of whoever asks. They come with the view that they are of. */
static int
show_words(struct client *client)
{
	char line[SOCKET_LINE], *question;
	json_t *ask = json_pack("{ss ss}", "ask", "text", "locale", texts_locale()), *answer;
	int status;

	if (!ask)	/* a locale that is no text */
		ask = json_pack("{ss ss}", "ask", "text", "locale", "C");
	question = json_dumps(ask, JSON_COMPACT);
	status = client_query(client, question, "text", line);
	free(question);
	json_decref(ask);
	if (status != EXIT_FINE)
		return status;
	answer = json_loads(line, 0, NULL);
	print_view(json_object_get(answer, "shown"));
	print_text(json_object_get(answer, "text"));
	json_decref(answer);
	return EXIT_FINE;
}

static int
show(struct client *client, const char *line, bool json)
{
	int status = EXIT_FINE;

	if (json)
		puts(line);
	else
		status = show_words(client);
	if (status == EXIT_FINE && fflush(stdout) != 0)
		status = EXIT_DIFFERENT;
	return status;
}

static int
follow(const char *path, bool json, bool on)
{
	struct client client;
	char line[SOCKET_LINE];
	int status = client_open(&client, "status", path, line);

	if (status == EXIT_FINE)
		status = show(&client, line, json);
	while (on && status == EXIT_FINE && client_next(&client, true, line))
		status = show(&client, line, json);
	if (on && status == EXIT_FINE) {
		fputs("lastcall status: the agent is gone\n", stderr);
		status = EXIT_NOT_THERE;
	}
	client_close(&client);
	return status;
}

int
cmd_status(int argc, char **argv)
{
	const char *path = platform_paths.socket;
	bool json = false, on = false;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			json = true;
		else if (strcmp(argv[i], "--follow") == 0)
			on = true;
		else if (strcmp(argv[i], "--socket") == 0 && i + 1 < argc)
			path = argv[++i];
		else
			return cli_usage("status", "unexpected \"%s\"", argv[i]);
	}
	return follow(path, json, on);
}
