#include "driver.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lines.h"
#include "log.h"
#include "spawn.h"

#define OUTPUT_MOST (10u << 20)	/* bytes of one run that are listened to */
#define GRACE 5.0		/* seconds between SIGTERM and SIGKILL */
#define VERSION_SIZE 32
#define BIT(verb) (1u << (verb))

/* What each verb is called, how long it may be silent (holding is silent by nature), and what may not run beside
 * it: what it ends, and what it waits for. */
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

struct run {
	struct drivers *drivers;
	enum verb verb;
	pid_t pid;			/* 0: does not run */
	int output;
	ev_child child;
	ev_io readable;
	ev_timer stall, grace;
	size_t heard;			/* bytes */
	const char *ended_by;		/* why we end it; NULL: it ends by itself */
	bool wanted;			/* to be started when nothing stands in its way */
	char version[VERSION_SIZE];
	struct lines lines;
};

struct drivers {
	struct ev_loop *loop;
	struct driver_settings settings;
	struct run runs[VERBS];
};

/* --- what a driver says --- */

static bool
word(const char *line, const char *name, const char **rest)
{
	size_t length = strlen(name);

	if (strncmp(line, name, length) != 0 || (line[length] && line[length] != ' '))
		return false;
	*rest = line + length + (line[length] == ' ');
	return true;
}

static bool
percent_of(const char *text, int *percent)
{
	char *end;
	double value = strtod(text, &end);

	if (end == text || (*end && strcmp(end, "%") != 0) || !(value >= 0 && value <= 100))
		return false;
	*percent = (int)value;
	return true;
}

static void
heard_line(void *context, const char *line, bool cut)
{
	struct run *r = context;
	const struct driver_settings *s = &r->drivers->settings;
	enum driver_word said = DRIVER_OTHER;
	const char *rest = line;
	int percent = -1;

	if (cut)
		log_say(LEVEL_WARNING, "a driver's line is too long: cut", "driver", verb_name[r->verb], NULL);
	else if (word(line, "message", &rest))
		said = DRIVER_MESSAGE;
	else if (strcmp(line, "downloaded") == 0)
		said = DRIVER_DOWNLOADED;
	else if (strcmp(line, "installed") == 0)
		said = DRIVER_INSTALLED;
	else if (word(line, "progress", &rest) && percent_of(rest, &percent))
		said = DRIVER_PROGRESS;
	else
		rest = line;
	if (!r->ended_by)
		s->said(s->context, r->verb, said, percent, rest);
}

/* Beyond the limit it is read, so that the driver can go on, but no longer heard, nor taken for a sign of life. */
static void
heard(struct run *r, const char *bytes, size_t length)
{
	size_t left = OUTPUT_MOST - r->heard;

	if (length < left) {
		r->heard += length;
		lines_take(&r->lines, bytes, length, heard_line, r);
		ev_timer_again(r->drivers->loop, &r->stall);
		return;
	}
	if (left) {
		r->heard = OUTPUT_MOST;
		log_say(LEVEL_WARNING, "a driver says too much: cut", "driver", verb_name[r->verb], NULL);
	}
}

/* One bufferful at a time, so that a flood delays nobody. False: nothing more to read now. */
static bool
read_some(struct run *r)
{
	char bytes[16384];
	ssize_t got = read(r->output, bytes, sizeof bytes);

	if (got > 0)
		heard(r, bytes, (size_t)got);
	else if (got == 0)
		ev_io_stop(r->drivers->loop, &r->readable);
	return got == (ssize_t)sizeof bytes;
}

static void
on_readable(struct ev_loop *loop, ev_io *w, int events)
{
	(void)loop, (void)events;
	read_some(w->data);
}

/* --- how it ends --- */

static void start_wanted(struct drivers *);

static void
end(struct run *r, const char *why)
{
	if (!r->pid || r->ended_by)
		return;
	r->ended_by = why;
	log_say(LEVEL_INFO, "ending a driver", "driver", verb_name[r->verb], "why", why, NULL);
	ev_timer_stop(r->drivers->loop, &r->stall);
	ev_timer_start(r->drivers->loop, &r->grace);
	spawn_signal(r->pid, SIGTERM);
}

static void
on_stall(struct ev_loop *loop, ev_timer *w, int events)
{
	(void)events;
	ev_timer_stop(loop, w);
	end(w->data, "it was silent for too long");
}

static void
on_grace(struct ev_loop *loop, ev_timer *w, int events)
{
	struct run *r = w->data;

	(void)events;
	ev_timer_stop(loop, w);
	spawn_signal(r->pid, SIGKILL);
}

/* Exit codes as sysexits(3) has them. */
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

static void
forget(struct run *r)
{
	struct ev_loop *loop = r->drivers->loop;

	ev_child_stop(loop, &r->child);
	ev_io_stop(loop, &r->readable);
	ev_timer_stop(loop, &r->stall);
	ev_timer_stop(loop, &r->grace);
	close(r->output);
	r->pid = 0;
}

/* What it wrote before its end is in the pipe now; what a grandchild may write later is nobody's. */
static void
on_end(struct ev_loop *loop, ev_child *w, int events)
{
	struct run *r = w->data;
	struct drivers *d = r->drivers;
	const char *ended_by = r->ended_by;
	char detail[128];
	enum driver_outcome outcome = outcome_of(w->rstatus, detail);

	(void)loop, (void)events;
	for (int i = 0; i < 16 && read_some(r); i++)
		;
	lines_finish(&r->lines, heard_line, r);
	if (ended_by)
		kill(-r->pid, SIGKILL);	/* those of its group that did not listen */
	forget(r);
	if (ended_by && outcome == DRIVER_DONE)
		outcome = DRIVER_FAILED;
	if (!r->wanted)
		d->settings.ended(d->settings.context, r->verb, outcome, ended_by ? ended_by : detail);
	start_wanted(d);
}

/* --- how it begins --- */

static int (*pretence_of(const struct drivers *d, const char *job))(int, char **)
{
	for (const struct pretence *p = d->settings.pretended; p && p->job; p++)
		if (strcmp(p->job, job) == 0)
			return p->run;
	return NULL;
}

/* False: why it cannot run. */
static bool
launch(struct run *r, char why[256])
{
	const struct driver_settings *s = &r->drivers->settings;
	const char *job = verbs[r->verb].job;
	int (*body)(int, char **) = pretence_of(r->drivers, job);
	char path[1024], *argv[] = {path, (char *)(uintptr_t)verbs[r->verb].name, r->version, NULL};

	if (!r->version[0])
		argv[2] = NULL;
	snprintf(path, sizeof path, "%s/%s", s->pretended ? "pretended" : s->folder, job);
	if (s->pretended && !body)
		snprintf(why, 256, "no pretended driver called %s", job);
	if ((s->pretended && !body) || (!s->pretended && !spawn_trusted(s->folder, path, why)))
		return false;
	r->pid = spawn(path, body, argv, s->home, &r->output);
	if (r->pid > 0)
		return true;
	r->pid = 0;
	snprintf(why, 256, "%.150s cannot be started: %s", path, strerror(errno));
	return false;
}

static void
watch(struct run *r)
{
	struct drivers *d = r->drivers;
	double patience = d->settings.stall, stall = verbs[r->verb].stall;

	if (stall > 0 && patience > 0)
		stall = patience;
	r->heard = 0;
	r->ended_by = NULL;
	r->lines.length = 0;
	r->lines.skipping = false;
	ev_child_init(&r->child, on_end, r->pid, 0);
	ev_io_init(&r->readable, on_readable, r->output, EV_READ);
	ev_timer_init(&r->stall, on_stall, 0, stall);
	ev_timer_init(&r->grace, on_grace, patience > 0 ? patience : GRACE, 0);
	r->child.data = r->readable.data = r->stall.data = r->grace.data = r;
	ev_child_start(d->loop, &r->child);
	ev_io_start(d->loop, &r->readable);
	ev_timer_again(d->loop, &r->stall);	/* does nothing for 0 */
}

static void
begin(struct run *r)
{
	const struct driver_settings *s = &r->drivers->settings;
	char why[256] = "";

	r->wanted = false;
	if (!launch(r, why)) {
		s->ended(s->context, r->verb, DRIVER_UNAVAILABLE, why);
		return;
	}
	log_say(LEVEL_INFO, "driver started", "driver", verb_name[r->verb], "version",
		r->version[0] ? r->version : NULL, NULL);
	watch(r);
}

static bool
free_to_begin(const struct drivers *d, enum verb verb)
{
	for (unsigned v = 0; v < VERBS; v++)
		if (d->runs[v].pid && ((verbs[verb].ends | verbs[verb].waits | BIT(verb)) & BIT(v)))
			return false;
	return true;
}

static void
start_wanted(struct drivers *d)
{
	for (unsigned v = 0; v < VERBS; v++)
		if (d->runs[v].wanted && free_to_begin(d, (enum verb)v))
			begin(&d->runs[v]);
}

void
driver_start(struct drivers *d, enum verb verb, const char *version)
{
	struct run *r = &d->runs[verb];

	for (unsigned v = 0; v < VERBS; v++)
		if (verbs[verb].ends & BIT(v)) {
			d->runs[v].wanted = false;
			end(&d->runs[v], v == (unsigned)verb ? "another begins" : verb_name[verb]);
		}
	snprintf(r->version, sizeof r->version, "%s", version ? version : "");
	r->wanted = true;
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
		d->runs[v].drivers = d;
		d->runs[v].verb = (enum verb)v;
	}
	return d;
}

void
drivers_end(struct drivers *d)
{
	for (unsigned v = 0; v < VERBS; v++)
		if (v != VERB_RELEASE) {
			d->runs[v].wanted = false;
			end(&d->runs[v], "the agent stops");
		}
}

bool
drivers_running(const struct drivers *d)
{
	for (unsigned v = 0; v < VERBS; v++)
		if (d->runs[v].pid || d->runs[v].wanted)
			return true;
	return false;
}

void
drivers_free(struct drivers *d)
{
	if (!d)
		return;
	for (unsigned v = 0; v < VERBS; v++)
		if (d->runs[v].pid) {
			spawn_signal(d->runs[v].pid, SIGKILL);
			forget(&d->runs[v]);
		}
	free(d);
}
