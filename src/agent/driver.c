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
#define STALL 1200.0		/* seconds without output after which a driver counts as hung */

struct slot {
	struct drivers *drivers;
	enum effect_kind effect;
	struct child child;
	bool wanted;			/* to be started once no other run blocks it */
	char version[VERSION_SIZE];
};

struct drivers {
	struct ev_loop *loop;
	struct driver_settings settings;
	struct slot slots[EFFECTS];	/* those without a driver stay unused */
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
	enum event_kind done = machine_effect[slot->effect].done;
	const char *rest = line;
	int percent = -1;

	if (starts_with_word(line, "message", &rest))
		word = DRIVER_MESSAGE;
	else if (done != EVENTS && strcmp(line, machine_event[done].name) == 0)
		word = DRIVER_OUTCOME;
	else if (starts_with_word(line, "progress", &rest) && parse_percent(rest, &percent))
		word = DRIVER_PROGRESS;
	else
		rest = line;
	s->printed(s->context, slot->effect, word, percent, rest);
}

/* --- end of a run --- */

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

/* A run that was ended in favour of a newer one of the same effect reports no outcome: the newer one reports its own. */
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
		s->ended(s->context, slot->effect, outcome, ended_by ? ended_by : detail);
	start_wanted(slot->drivers);
}

/* --- start of a run --- */

static int (*pretence_of(const struct drivers *d, const char *job))(int, char **)
{
	for (const struct pretence *p = d->settings.pretended; p && p->job; p++)
		if (strcmp(p->job, job) == 0)
			return p->run;
	return NULL;
}

/* Returns false and writes why if the driver cannot run. */
static bool
launch_child(struct slot *slot, char why[256])
{
	const struct driver_settings *s = &slot->drivers->settings;
	const char *job = machine_effect[slot->effect].job;
	int (*body)(int, char **) = pretence_of(slot->drivers, job);
	char path[1024], *argv[] = {path, (char *)(uintptr_t)machine_effect[slot->effect].verb,
		(char *)(uintptr_t)slot->version, NULL};
	double stall = machine_effect[slot->effect].silent ? 0 : STALL;

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
start_slot(struct slot *slot)
{
	const struct driver_settings *s = &slot->drivers->settings;
	char why[256] = "";

	slot->wanted = false;
	if (!launch_child(slot, why)) {
		s->ended(s->context, slot->effect, DRIVER_UNAVAILABLE, why);
		return;
	}
	log_say(LEVEL_INFO, "driver started", "driver", machine_effect[slot->effect].driver, "version",
		slot->version[0] ? slot->version : NULL, NULL);
}

/* Bit i of a set is effect i. */
static bool
contains(uint32_t set, unsigned effect)
{
	return effect < 32 && set >> effect & 1;
}

static bool
free_to_begin(const struct drivers *d, enum effect_kind effect)
{
	const struct kind *kind = &machine_effect[effect];

	for (unsigned i = 0; i < EFFECTS; i++)
		if (d->slots[i].child.pid && (i == (unsigned)effect || contains(kind->ends | kind->waits, i)))
			return false;
	return true;
}

static void
start_wanted(struct drivers *d)
{
	for (unsigned i = 0; i < EFFECTS; i++)
		if (d->slots[i].wanted && free_to_begin(d, (enum effect_kind)i))
			start_slot(&d->slots[i]);
}

void
driver_start(struct drivers *d, enum effect_kind effect, const char *version)
{
	struct slot *slot = &d->slots[effect];

	assert(machine_effect[effect].verb);
	for (unsigned i = 0; i < EFFECTS; i++)
		if (contains(machine_effect[effect].ends, i)) {
			d->slots[i].wanted = false;
			child_end(&d->slots[i].child, i == (unsigned)effect ? "another run of the same verb starts"
				: machine_effect[effect].driver);
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
	for (unsigned i = 0; i < EFFECTS; i++) {
		struct slot *slot = &d->slots[i];

		slot->drivers = d;
		slot->effect = (enum effect_kind)i;
		slot->child.loop = loop;
		slot->child.name = machine_effect[i].driver;
		slot->child.printed = on_line;
		slot->child.ended = on_end;
		slot->child.context = slot;
	}
	return d;
}

void
drivers_end(struct drivers *d)
{
	for (unsigned i = 0; i < EFFECTS; i++)
		if (i != FX_RELEASE_APPS) {
			d->slots[i].wanted = false;
			child_end(&d->slots[i].child, "the agent is stopping");
		}
}

bool
drivers_running(const struct drivers *d)
{
	for (unsigned i = 0; i < EFFECTS; i++)
		if (d->slots[i].child.pid || d->slots[i].wanted)
			return true;
	return false;
}

void
drivers_free(struct drivers *d)
{
	if (!d)
		return;
	for (unsigned i = 0; i < EFFECTS; i++)
		child_kill(&d->slots[i].child);
	free(d);
}
