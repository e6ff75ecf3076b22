/* status - prints the agent's view, as text or as the agent's JSON. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/probe.h"
#include "text/instant.h"
#include "words/texts.h"
#include "words/words.h"
#include "text/command.h"
#include "client.h"

struct arguments {
	bool json, follow;
	const char *socket;
};

/* The first row counts whose state begins the view's state; the update's version goes between the two texts. */
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
	printf("%s %s\n", state, target);	/* the agent is newer than this command */
}

static void
print_view(const json_t *view)
{
	const struct zone *zone = probe_zone();
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

/* Prints a banner or window as text. */
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

/* Asks for the view and its texts in the caller's language in one question, so that both are from the same moment. */
static int
show_text(struct client *client)
{
	char line[SOCKET_LINE], *question;
	json_t *ask = json_pack("{ss ss}", "ask", "text", "locale", texts_locale()), *answer;
	int status;

	if (!ask)	/* the locale's name is not UTF-8 */
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
show_view(struct client *client, const char *line, bool json)
{
	int status = EXIT_FINE;

	if (json)
		puts(line);
	else
		status = show_text(client);
	if (status == EXIT_FINE && fflush(stdout) != 0)
		status = EXIT_UNUSABLE;
	return status;
}

static int
status(void *arguments, unsigned count, char **operands)
{
	const struct arguments *a = arguments;
	struct client client;
	char line[SOCKET_LINE];
	int result = client_open(&client, "status", a->socket ? a->socket : platform_paths.socket, line);

	(void)count, (void)operands;
	if (result == EXIT_FINE)
		result = show_view(&client, line, a->json);
	while (a->follow && result == EXIT_FINE && client_next(&client, true, line))
		result = show_view(&client, line, a->json);
	if (a->follow && result == EXIT_FINE) {
		fputs("lastcall status: the agent has ended\n", stderr);
		result = EXIT_NOT_THERE;
	}
	client_close(&client);
	return result;
}

static const struct option options[] = {
	{"json", NULL, OPTION_FLAG, offsetof(struct arguments, json), .about = "print the view as the agent sends it"},
	{"follow", NULL, OPTION_FLAG, offsetof(struct arguments, follow), .about = "print it again whenever it changes"},
	{"socket", "PATH", OPTION_TEXT, offsetof(struct arguments, socket), .about = "connect to the agent at PATH"},
	{0},
};

const struct command command_status = {
	.name = "status", .about = "print what the agent shows the person now", .options = options,
	.size = sizeof(struct arguments), .run = status,
};
