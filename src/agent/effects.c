#include "effects.h"

#include <math.h>
#include <stdlib.h>

#include "core/version.h"
#include "platform/log.h"

#define PROGRESS_EVERY 1.0	/* seconds between two that are journaled */

struct effect_runner {
	struct ev_loop *loop;
	struct effects_settings settings;
	struct drivers *drivers;
	bool safe_mode;
	bool outcome_posted[VERBS];	/* of this run, by a line that the driver printed */
	int percent;			/* last one posted of an installation */
	double percent_at;		/* and when, by the loop's clock */
};

/* A handler starts the work and returns; the outcome comes back as an event. */
typedef void handler(struct effect_runner *, const struct effect *);

static void
post(struct effect_runner *r, struct event e)
{
	r->settings.outcome(r->settings.context, &e);
}

static bool
refused_in_safe_mode(const struct effect_runner *r, enum effect_kind kind)
{
	if (r->safe_mode)
		log_say(LEVEL_WARNING, "effect skipped in safe mode", "effect", machine_effect[kind].name, NULL);
	return r->safe_mode;
}

static void
start_driver(struct effect_runner *r, enum verb verb, int64_t version)
{
	char text[VERSION_TEXT];

	r->outcome_posted[verb] = false;
	driver_start(r->drivers, verb, version ? version_format(version, text) : NULL);
}

static void
download(struct effect_runner *r, const struct effect *effect)
{
	start_driver(r, VERB_DOWNLOAD, effect->target);
}

static void
close_apps(struct effect_runner *r, const struct effect *effect)
{
	if (!refused_in_safe_mode(r, effect->kind))
		start_driver(r, VERB_CLOSE, 0);
}

static void
hold_apps(struct effect_runner *r, const struct effect *effect)
{
	if (!refused_in_safe_mode(r, effect->kind))
		start_driver(r, VERB_HOLD, 0);
}

static void
release_apps(struct effect_runner *r, const struct effect *effect)
{
	(void)effect;
	start_driver(r, VERB_RELEASE, 0);
}

static void
install(struct effect_runner *r, const struct effect *effect)
{
	r->percent = -1;
	r->percent_at = 0;
	if (refused_in_safe_mode(r, effect->kind))
		post(r, (struct event){.kind = EV_INSTALL_FAILED});
	else
		start_driver(r, VERB_INSTALL, effect->target);
}

static void
reboot(struct effect_runner *r, const struct effect *effect)
{
	if (!refused_in_safe_mode(r, effect->kind))
		start_driver(r, VERB_REBOOT, 0);
}

static void
report(struct effect_runner *r, const struct effect *effect)
{
	const char *const *words = machine_effect[FX_REPORT].fields[0].words;
	char version[VERSION_TEXT];

	(void)r;
	log_say(LEVEL_NOTICE, "report", "outcome", words[effect->outcome], "version",
		version_format(effect->version, version), NULL);
}

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
effects_begin(struct effect_runner *r, const struct effect *effect)
{
	if (handlers[effect->kind])
		handlers[effect->kind](r, effect);
}

/* --- outcomes --- */

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
post_outcome(struct effect_runner *r, enum verb verb, enum event_kind kind)
{
	if (kind == EVENTS || r->outcome_posted[verb])
		return;
	r->outcome_posted[verb] = true;
	post(r, (struct event){.kind = kind});
}

/* Only an installation's progress is shown to people, and not every line of it. fabs: a clock that was set back must
 * not silence it. */
static void
post_progress(struct effect_runner *r, enum verb verb, int percent)
{
	double now = ev_now(r->loop);

	if (verb != VERB_INSTALL || percent == r->percent || fabs(now - r->percent_at) < PROGRESS_EVERY)
		return;
	r->percent = percent;
	r->percent_at = now;
	post(r, (struct event){.kind = EV_PROGRESS, .percent = percent});
}

static void
driver_said(void *context, enum verb verb, enum driver_word word, int percent, const char *text)
{
	struct effect_runner *r = context;

	if (word == DRIVER_PROGRESS)
		post_progress(r, verb, percent);
	else if (word == DRIVER_DOWNLOADED && verb == VERB_DOWNLOAD)
		post_outcome(r, verb, EV_DOWNLOADED);
	else if (word == DRIVER_INSTALLED && verb == VERB_INSTALL)
		post_outcome(r, verb, EV_INSTALLED);
	else
		log_say(word == DRIVER_MESSAGE ? LEVEL_NOTICE : LEVEL_INFO, "driver output", "driver", verb_name[verb],
			"text", text, NULL);
}

static void
driver_ended(void *context, enum verb verb, enum driver_outcome outcome, const char *detail)
{
	static const struct {
		enum log_level level;
		const char *message;
	} messages[] = {
		[DRIVER_DONE] = {LEVEL_INFO, "driver succeeded"},
		[DRIVER_LATER] = {LEVEL_NOTICE, "driver asks to try again later"},
		[DRIVER_UNAVAILABLE] = {LEVEL_ERROR, "driver not available"},
		[DRIVER_REFUSED] = {LEVEL_ERROR, "driver not permitted"},
		[DRIVER_FAILED] = {LEVEL_WARNING, "driver failed"},
	};
	struct effect_runner *r = context;
	bool done = outcome == DRIVER_DONE;

	log_say(messages[outcome].level, messages[outcome].message, "driver", verb_name[verb], "detail", detail, NULL);
	post_outcome(r, verb, done ? outcomes[verb].done : outcomes[verb].failed);
	r->settings.ended(r->settings.context, verb, done);
}

/* --- the runner --- */

struct effect_runner *
effects_new(struct ev_loop *loop, const struct effects_settings *settings)
{
	struct effect_runner *r = calloc(1, sizeof *r);
	struct driver_settings drivers = settings->drivers;

	if (!r)
		return NULL;
	r->loop = loop;
	r->settings = *settings;
	drivers.said = driver_said;
	drivers.ended = driver_ended;
	drivers.context = r;
	r->drivers = drivers_new(loop, &drivers);
	if (r->drivers)
		return r;
	free(r);
	return NULL;
}

void
effects_set_safe_mode(struct effect_runner *r, bool on)
{
	r->safe_mode = on;
}

bool
effects_in_safe_mode(const struct effect_runner *r)
{
	return r->safe_mode;
}

void
effects_end(struct effect_runner *r)
{
	drivers_end(r->drivers);
}

bool
effects_running(const struct effect_runner *r)
{
	return drivers_running(r->drivers);
}

void
effects_free(struct effect_runner *r)
{
	if (!r)
		return;
	drivers_free(r->drivers);
	free(r);
}
