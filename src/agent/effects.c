#include <math.h>
#include <stdio.h>

#include "core/version.h"
#include "host.h"
#include "platform/log.h"

#define PROGRESS_EVERY 1.0	/* seconds between two that are journaled */

/* A handler starts the work and returns; the outcome comes back as an event. */
typedef void handler(struct agent *, const struct effect *);

static bool
safe(const struct agent *a, const char *what)
{
	if (a->safe_until)
		log_say(LEVEL_WARNING, "not done in safe mode", "effect", what, NULL);
	return a->safe_until != 0;
}

static void
start(struct agent *a, enum verb verb, int64_t version)
{
	char text[VERSION_TEXT];

	a->outcome_posted[verb] = false;
	driver_start(a->drivers, verb, version ? version_format(version, text) : NULL);
}

static void
download(struct agent *a, const struct effect *effect)
{
	start(a, VERB_DOWNLOAD, effect->target);
}

static void
close_apps(struct agent *a, const struct effect *effect)
{
	(void)effect;
	if (!safe(a, "close-apps"))
		start(a, VERB_CLOSE, 0);
}

static void
hold_apps(struct agent *a, const struct effect *effect)
{
	(void)effect;
	if (!safe(a, "hold-apps"))
		start(a, VERB_HOLD, 0);
}

static void
release_apps(struct agent *a, const struct effect *effect)
{
	(void)effect;
	start(a, VERB_RELEASE, 0);
}

static void
install(struct agent *a, const struct effect *effect)
{
	a->percent = -1;
	a->percent_at = 0;
	if (safe(a, "install"))
		host_post(a, &(struct event){.kind = EV_INSTALL_FAILED});
	else
		start(a, VERB_INSTALL, effect->target);
}

static void
reboot(struct agent *a, const struct effect *effect)
{
	(void)effect;
	if (!safe(a, "reboot"))
		start(a, VERB_REBOOT, 0);
}

static void
report(struct agent *a, const struct effect *effect)
{
	const char *const *words = machine_effect[FX_REPORT].fields[0].words;
	char version[VERSION_TEXT];

	(void)a;
	log_say(LEVEL_NOTICE, "report", "outcome", words[effect->outcome], "version",
		version_format(effect->version, version), NULL);
}

/* Those that are not here a person sees: they are the view's. */
static handler *const handlers[EFFECTS] = {
	[FX_DOWNLOAD] = download,
	[FX_CLOSE_APPS] = close_apps,
	[FX_HOLD_APPS] = hold_apps,
	[FX_RELEASE_APPS] = release_apps,
	[FX_INSTALL] = install,
	[FX_REBOOT] = reboot,
	[FX_REPORT] = report,
};

void
host_effect(struct agent *a, const struct effect *effect)
{
	if (handlers[effect->kind])
		handlers[effect->kind](a, effect);
}

/* --- what comes of it --- */

/* EVENTS: the machine does not ask. A close that fails is not the end: the hold limit is. */
static const struct {
	enum event_kind done, failed;
} outcomes[VERBS] = {
	[VERB_DOWNLOAD] = {EV_DOWNLOADED, EV_DOWNLOAD_FAILED},
	[VERB_INSTALL] = {EV_INSTALLED, EV_INSTALL_FAILED},
	[VERB_CLOSE] = {EV_APPS_CLOSED, EVENTS},
	[VERB_HOLD] = {EVENTS, EVENTS},
	[VERB_RELEASE] = {EVENTS, EVENTS},
	[VERB_REBOOT] = {EVENTS, EVENTS},
};

static void
post_outcome(struct agent *a, enum verb verb, enum event_kind kind)
{
	if (kind == EVENTS || a->outcome_posted[verb])
		return;
	a->outcome_posted[verb] = true;
	host_post(a, &(struct event){.kind = kind});
}

/* A download's progress is for the log; an installation's is for people, but not each line of it. A clock that was
 * set back must not silence it. */
static void
progressed(struct agent *a, enum verb verb, int percent)
{
	double now = ev_now(a->loop);

	if (verb != VERB_INSTALL || percent == a->percent || fabs(now - a->percent_at) < PROGRESS_EVERY)
		return;
	a->percent = percent;
	a->percent_at = now;
	host_post(a, &(struct event){.kind = EV_PROGRESS, .percent = percent});
}

void
host_driver_said(void *agent, enum verb verb, enum driver_word word, int percent, const char *text)
{
	struct agent *a = agent;

	if (word == DRIVER_PROGRESS)
		progressed(a, verb, percent);
	else if (word == DRIVER_DOWNLOADED && verb == VERB_DOWNLOAD)
		post_outcome(a, verb, EV_DOWNLOADED);
	else if (word == DRIVER_INSTALLED && verb == VERB_INSTALL)
		post_outcome(a, verb, EV_INSTALLED);
	else
		log_say(word == DRIVER_MESSAGE ? LEVEL_NOTICE : LEVEL_INFO, "driver says", "driver", verb_name[verb],
			"text", text, NULL);
}

void
host_driver_ended(void *agent, enum verb verb, enum driver_outcome outcome, const char *detail)
{
	static const struct {
		enum log_level level;
		const char *message;
	} says[] = {
		[DRIVER_DONE] = {LEVEL_INFO, "driver done"},
		[DRIVER_LATER] = {LEVEL_NOTICE, "driver says: try again later"},
		[DRIVER_UNAVAILABLE] = {LEVEL_ERROR, "driver is not available"},
		[DRIVER_REFUSED] = {LEVEL_ERROR, "driver is not permitted"},
		[DRIVER_FAILED] = {LEVEL_WARNING, "driver failed"},
	};
	struct agent *a = agent;
	bool done = outcome == DRIVER_DONE;

	log_say(says[outcome].level, says[outcome].message, "driver", verb_name[verb], "detail", detail, NULL);
	post_outcome(a, verb, done ? outcomes[verb].done : outcomes[verb].failed);
	if (done && verb == VERB_REBOOT && a->settings.hooks.restarts)
		a->settings.hooks.restarts(a->settings.hooks.context);
	if (a->stopping && !drivers_running(a->drivers))
		ev_break(a->loop, EVBREAK_ALL);
}
