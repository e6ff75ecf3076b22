#include "driver.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "platform/log.h"
#include "child.h"

#define GRACE 5.0		/* seconds between SIGTERM and SIGKILL */
#define VERSION_SIZE 32
#define BIT(verb) (1u << (verb))

/* Of each verb: its name, how long it may be silent (holding apps is always silent), which verbs it ends when it starts,
 * and which it waits for. */
static const struct {
	const char *job, *name;
	double stall;
	unsigned ends, waits;
} verbs[VERBS] = {
	[VERB_DOWNLOAD] = {"updater", "download", 1200, BIT(VERB_DOWNLOAD), BIT(VERB_INSTALL)},
	[VERB_INSTALL]  = {"updater", "install", 1200, BIT(VERB_DOWNLOAD) | BIT(VERB_INSTALL), 0},
	[VERB_CLOSE]    = {"apps", "close", 1200, BIT(VERB_CLOSE), BIT(VERB_RELEASE)},
	[VERB_HOLD]     = {"apps", "hold", 0, BIT(VERB_HOLD), BIT(VERB_RELEASE)},
	[VERB_RELEASE]  = {"apps", "release", 1200, BIT(VERB_CLOSE) | BIT(VERB_HOLD), BIT(VERB_RELEASE)},
	[VERB_REBOOT]   = {"power", "reboot", 1200, 0, BIT(VERB_REBOOT)},
};

const char *const verb_name[VERBS] = {
	"updater download", "updater install", "apps close", "apps hold", "apps release", "power reboot",
};

struct slot {
	struct drivers *drivers;
	enum verb verb;
	struct child child;
	bool wanted;			/* to be started once no other run blocks it */
	char version[VERSION_SIZE];
};

struct drivers {
	struct ev_loop *loop;
	struct driver_settings settings;
	struct slot slots[VERBS];
};

/* --- output --- */

static bool
starts_with_word(const char *line, const char *name, const char **rest)
{
	size_t length = strlen(name);

	if (strncmp(line, name, length) != 0 || (line[length] && line[length] != ' '))
		return false;
	*rest = line + length + (line[length] == ' ');
	return true;
}

static bool
parse_percent(const char *text, int *percent)
{
	char *end;
	double value = strtod(text, &end);

	if (end == text || (*end && strcmp(end, "%") != 0) || !(value >= 0 && value <= 100))
		return false;
	*percent = (int)value;
	return true;
}

static void
on_line(void *context, const char *line)
{
	struct slot *slot = context;
	const struct driver_settings *s = &slot->drivers->settings;
	enum driver_word word = DRIVER_OTHER;
	const char *rest = line;
	int percent = -1;

	if (starts_with_word(line, "message", &rest))
		word = DRIVER_MESSAGE;
	else if (strcmp(line, "downloaded") == 0)
		word = DRIVER_DOWNLOADED;
	else if (strcmp(line, "installed") == 0)
		word = DRIVER_INSTALLED;
	else if (starts_with_word(line, "progress", &rest) && parse_percent(rest, &percent))
		word = DRIVER_PROGRESS;
	else
		rest = line;
	s->said(s->context, slot->verb, word, percent, rest);
}

/* --- the end of a run --- */

static void start_wanted(struct drivers *);

/* Exit codes are those of sysexits(3). */
static enum driver_outcome
outcome_of(int status, char detail[128])
{
	if (WIFSIGNALED(status)) {
		snprintf(detail, 128, "killed by signal %d", WTERMSIG(status));
		return DRIVER_FAILED;
	}
	snprintf(detail, 128, "exit status %d", WEXITSTATUS(status));
	switch (WEXITSTATUS(status)) {
	case 0:
		return DRIVER_DONE;
	case 75:
		return DRIVER_LATER;
	case 69:
		return DRIVER_UNAVAILABLE;
	case 77:
		return DRIVER_REFUSED;
	default:
		return DRIVER_FAILED;
	}
}

/* A run that was ended by another one of the same verb reports nothing: the other one will. */
static void
on_end(void *context, const char *ended_by, int status)
{
	struct slot *slot = context;
	const struct driver_settings *s = &slot->drivers->settings;
	char detail[128];
	enum driver_outcome outcome = outcome_of(status, detail);

	if (ended_by && outcome == DRIVER_DONE)
		outcome = DRIVER_FAILED;
	if (!slot->wanted)
		s->ended(s->context, slot->verb, outcome, ended_by ? ended_by : detail);
	start_wanted(slot->drivers);
}

/* --- the start of a run --- */

static int (*pretence_of(const struct drivers *d, const char *job))(int, char **)
{
	for (const struct pretence *p = d->settings.pretended; p && p->job; p++)
		if (strcmp(p->job, job) == 0)
			return p->run;
	return NULL;
}

/* False, and why: it cannot run. */
static bool
launch(struct slot *slot, char why[256])
{
	const struct driver_settings *s = &slot->drivers->settings;
	const char *job = verbs[slot->verb].job;
	int (*body)(int, char **) = pretence_of(slot->drivers, job);
	char path[1024], *argv[] = {path, (char *)(uintptr_t)verbs[slot->verb].name, (char *)(uintptr_t)slot->version, NULL};
	double stall = verbs[slot->verb].stall;

	if (!slot->version[0])
		argv[2] = NULL;
	snprintf(path, sizeof path, "%s/%s", s->pretended ? "pretended" : s->folder, job);
	if (s->pretended && !body)
		snprintf(why, 256, "no pretended driver called %s", job);
	if ((s->pretended && !body) || (!s->pretended && !child_trusted(s->folder, path, why)))
		return false;
	if (child_start(&slot->child, path, body, argv, s->home, stall > 0 && s->stall > 0 ? s->stall : stall,
	    s->stall > 0 ? s->stall : GRACE))
		return true;
	snprintf(why, 256, "cannot start %.150s: %s", path, strerror(errno));
	return false;
}

static void
start(struct slot *slot)
{
	const struct driver_settings *s = &slot->drivers->settings;
	char why[256] = "";

	slot->wanted = false;
	if (!launch(slot, why)) {
		s->ended(s->context, slot->verb, DRIVER_UNAVAILABLE, why);
		return;
	}
	log_say(LEVEL_INFO, "driver started", "driver", verb_name[slot->verb], "version",
		slot->version[0] ? slot->version : NULL, NULL);
}

static bool
free_to_begin(const struct drivers *d, enum verb verb)
{
	for (unsigned v = 0; v < VERBS; v++)
		if (d->slots[v].child.pid && ((verbs[verb].ends | verbs[verb].waits | BIT(verb)) & BIT(v)))
			return false;
	return true;
}

static void
start_wanted(struct drivers *d)
{
	for (unsigned v = 0; v < VERBS; v++)
		if (d->slots[v].wanted && free_to_begin(d, (enum verb)v))
			start(&d->slots[v]);
}

void
driver_start(struct drivers *d, enum verb verb, const char *version)
{
	struct slot *slot = &d->slots[verb];

	for (unsigned v = 0; v < VERBS; v++)
		if (verbs[verb].ends & BIT(v)) {
			d->slots[v].wanted = false;
			child_end(&d->slots[v].child, v == (unsigned)verb ? "another run of the same verb starts" : verb_name[verb]);
		}
	snprintf(slot->version, sizeof slot->version, "%s", version ? version : "");
	slot->wanted = true;
	start_wanted(d);
}

struct drivers *
drivers_new(struct ev_loop *loop, const struct driver_settings *settings)
{
	struct drivers *d = calloc(1, sizeof *d);

	assert(ev_is_default_loop(loop));
	if (!d)
		return NULL;
	d->loop = loop;
	d->settings = *settings;
	for (unsigned v = 0; v < VERBS; v++) {
		struct slot *slot = &d->slots[v];

		slot->drivers = d;
		slot->verb = (enum verb)v;
		slot->child.loop = loop;
		slot->child.name = verb_name[v];
		slot->child.said = on_line;
		slot->child.over = on_end;
		slot->child.context = slot;
	}
	return d;
}

void
drivers_end(struct drivers *d)
{
	for (unsigned v = 0; v < VERBS; v++)
		if (v != VERB_RELEASE) {
			d->slots[v].wanted = false;
			child_end(&d->slots[v].child, "the agent is stopping");
		}
}

bool
drivers_running(const struct drivers *d)
{
	for (unsigned v = 0; v < VERBS; v++)
		if (d->slots[v].child.pid || d->slots[v].wanted)
			return true;
	return false;
}

void
drivers_free(struct drivers *d)
{
	if (!d)
		return;
	for (unsigned v = 0; v < VERBS; v++)
		child_kill(&d->slots[v].child);
	free(d);
}
