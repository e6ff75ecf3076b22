#include "effects.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "platform/log.h"

#define ARGUMENT VERSION_TEXT
#define PROGRESS_EVERY 1.0	/* seconds between two progress events */

/* The last run of an effect's driver. */
struct run {
	bool outcome_posted;		/* the driver printed its success */
	int percent;			/* last one posted; -1: none */
	double percent_at;		/* when, by the loop's clock */
};

struct effect_runner {
	struct ev_loop *loop;
	struct effects_settings settings;
	struct drivers *drivers;
	bool safe_mode;
	struct run runs[EFFECTS];
};

static void
report_event(struct effect_runner *r, struct event e)
{
	r->settings.outcome(r->settings.context, &e);
}

/* Returns the effect's only field as text, or NULL if it has none. */
static const char *
argument_of(const struct effect *effect, char text[ARGUMENT])
{
	const struct kind *kind = &machine_effect[effect->kind];
	int64_t value;

	if (!kind->field_count)
		return NULL;
	memcpy(&value, (const char *)effect + kind->fields[0].offset, sizeof value);
	if (strcmp(kind->fields[0].type, "version") == 0)
		return value ? version_format(value, text) : NULL;
	snprintf(text, ARGUMENT, "%" PRId64, value);
	return text;
}

static void
start_driver(struct effect_runner *r, const struct effect *effect)
{
	const struct kind *kind = &machine_effect[effect->kind];
	char text[ARGUMENT];

	r->runs[effect->kind] = (struct run){.percent = -1};
	if (!r->safe_mode || kind->safe) {
		driver_start(r->drivers, effect->kind, argument_of(effect, text));
		return;
	}
	log_say(LEVEL_WARNING, "effect skipped in safe mode", "effect", kind->name, NULL);
	if (kind->failed != EVENTS)
		report_event(r, (struct event){.kind = kind->failed});
}

static void
log_report(const struct effect *effect)
{
	const char *const *words = machine_effect[FX_REPORT].fields[0].words;
	char version[VERSION_TEXT];

	log_say(LEVEL_NOTICE, "report", "outcome", words[effect->outcome], "version",
		version_format(effect->version, version), NULL);
}

static void
log_effect(const struct effect *effect)
{
	static void (*const loggers[EFFECTS])(const struct effect *) = {
#define LOGGER(NAME, name) [FX_##NAME] = log_##name,
		EFFECTS_BY_LOG(LOGGER)
	};

	loggers[effect->kind](effect);
}

void
effects_begin(struct effect_runner *r, const struct effect *effect)
{
	switch (machine_effect[effect->kind].owner) {
	case OWNER_DRIVER:
		start_driver(r, effect);
		break;
	case OWNER_LOG:
		log_effect(effect);
		break;
	case OWNER_VIEW:
	case OWNERS:
		break;
	}
}

/* --- outcomes --- */

/* Posts nothing if the machine has no event for this outcome (EVENTS): if closing apps fails, its hold limit applies. */
static void
post_outcome(struct effect_runner *r, enum effect_kind effect, enum event_kind kind)
{
	if (kind == EVENTS || r->runs[effect].outcome_posted)
		return;
	r->runs[effect].outcome_posted = true;
	report_event(r, (struct event){.kind = kind});
}

/* Posts at most one progress event a second. fabs: progress must go on after the clock is set back. */
static void
post_progress(struct effect_runner *r, enum effect_kind effect, int percent)
{
	enum event_kind kind = machine_effect[effect].progress;
	struct run *run = &r->runs[effect];
	double now = ev_now(r->loop);

	if (kind == EVENTS || percent == run->percent || fabs(now - run->percent_at) < PROGRESS_EVERY)
		return;
	run->percent = percent;
	run->percent_at = now;
	report_event(r, (struct event){.kind = kind, .percent = percent});
}

static void
on_driver_output(void *context, enum effect_kind effect, enum driver_word word, int percent, const char *text)
{
	struct effect_runner *r = context;

	if (word == DRIVER_PROGRESS)
		post_progress(r, effect, percent);
	else if (word == DRIVER_OUTCOME)
		post_outcome(r, effect, machine_effect[effect].done);
	else
		log_say(word == DRIVER_MESSAGE ? LEVEL_NOTICE : LEVEL_INFO, "driver output", "driver",
			machine_effect[effect].driver, "text", text, NULL);
}

static void
on_driver_end(void *context, enum effect_kind effect, enum driver_outcome outcome, const char *detail)
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
	const struct kind *kind = &machine_effect[effect];
	struct effect_runner *r = context;
	bool done = outcome == DRIVER_DONE;

	log_say(messages[outcome].level, messages[outcome].message, "driver", kind->driver, "detail", detail, NULL);
	post_outcome(r, effect, done ? kind->done : kind->failed);
	r->settings.ended(r->settings.context, effect, done);
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
	drivers.printed = on_driver_output;
	drivers.ended = on_driver_end;
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
