#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "text/instant.h"

#define LINE_SIZE 2048

static enum log_level least = LEVEL_NOTICE;

/* The names, and syslog's numbers, which systemd reads in angle brackets at the start of a line. */
static const struct {
	const char *name;
	int syslog;
} levels[] = {{"debug", 7}, {"info", 6}, {"notice", 5}, {"warning", 4}, {"error", 3}};

struct text {
	char bytes[LINE_SIZE];
	size_t length;
};

static void
put_char(struct text *t, char c)
{
	if (t->length < sizeof t->bytes - 1)
		t->bytes[t->length++] = c;
}

static void
put_text(struct text *t, const char *s)
{
	while (*s)
		put_char(t, *s++);
}

static void
put_escaped(struct text *t, unsigned char c)
{
	char hex[8];

	if (c == '"' || c == '\\')
		put_char(t, '\\');
	if (c >= ' ' && c != 127) {
		put_char(t, (char)c);
	} else {
		snprintf(hex, sizeof hex, "\\x%02x", c);
		put_text(t, hex);
	}
}

static bool
is_plain(const char *value)
{
	const char *safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:/+,@%";

	return *value && strspn(value, safe) == strlen(value);
}

static void
put_pair(struct text *t, const char *key, const char *value)
{
	if (t->length)
		put_char(t, ' ');
	put_text(t, key);
	put_char(t, '=');
	if (is_plain(value)) {
		put_text(t, value);
		return;
	}
	put_char(t, '"');
	while (*value)
		put_escaped(t, (unsigned char)*value++);
	put_char(t, '"');
}

/* Writes time and level for a terminal and launchd's file. systemd adds the time and reads the level from a prefix. */
static void
put_head(struct text *t, enum log_level level)
{
	char number[8], time[INSTANT_TEXT];
	struct clock clock;

	if (getenv("JOURNAL_STREAM")) {
		snprintf(number, sizeof number, "<%d>", levels[level].syslog);
		put_text(t, number);
		return;
	}
	clock_real(&clock);
	put_pair(t, "time", instant_format(clock_now(&clock).at, time));
	put_pair(t, "level", levels[level].name);
	put_char(t, ' ');
}

void
log_say(enum log_level level, const char *message, ...)
{
	struct text t = {.length = 0};
	const char *key, *value;
	va_list pairs;

	if (level < least)
		return;
	put_head(&t, level);
	put_text(&t, "msg=");
	put_char(&t, '"');
	put_text(&t, message);
	put_char(&t, '"');
	va_start(pairs, message);
	while ((key = va_arg(pairs, const char *))) {
		value = va_arg(pairs, const char *);
		if (value)
			put_pair(&t, key, value);
	}
	va_end(pairs);
	t.bytes[t.length++] = '\n';
	if (write(STDERR_FILENO, t.bytes, t.length) < 0)
		return;	/* there is nowhere else to report this */
}

void
log_set_level(enum log_level level)
{
	least = level;
}

bool
log_parse_level(const char *name, enum log_level *level)
{
	for (unsigned i = 0; i < sizeof levels / sizeof *levels; i++)
		if (strcmp(levels[i].name, name) == 0) {
			*level = (enum log_level)i;
			return true;
		}
	return false;
}
