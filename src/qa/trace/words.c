/* words - moments of a trace in words. */
#include "show.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/version.h"
#include "text/instant.h"
#include "words/words.h"
#include "text/zone.h"

/* Adds to out, after a separator unless out is empty. */
static void __attribute__((format(printf, 3, 4)))
add_words(char out[TRACE_WORDS], const char *separator, const char *format, ...)
{
	size_t length = strlen(out);
	va_list args;

	if (length)
		length += (size_t)snprintf(out + length, TRACE_WORDS - length, "%s", separator);
	if (length >= TRACE_WORDS)
		return;
	va_start(args, format);
	vsnprintf(out + length, TRACE_WORDS - length, format, args);
	va_end(args);
}

static const char *
version_words(int64_t version, char out[VERSION_TEXT])
{
	return version ? version_format(version, out) : "unknown";
}

static void
add_value(char out[TRACE_WORDS], const struct field *f, int64_t value, const struct zone *zone)
{
	char version[VERSION_TEXT], words[WORDS_TEXT], duration[DURATION_TEXT];

	if (f->words)
		add_words(out, ", ", "%s %s", f->name, f->words[value]);
	else if (!strcmp(f->type, "version"))
		add_words(out, ", ", "%s %s", f->name, version_words(value, version));
	else if (!strcmp(f->type, "instant"))
		add_words(out, ", ", "%s %s", f->name, words_date(value, zone, words));
	else if (!strcmp(f->type, "duration"))
		add_words(out, ", ", "%s %s", f->name, duration_format(value, duration));
	else if (!strcmp(f->type, "flag"))
		add_words(out, ", ", "%s%s", value ? "" : "not ", f->name);
	else
		add_words(out, ", ", "%s %lld", f->name, (long long)value);
}

const char *
trace_words_payload(const struct kind *kind, const void *base, const struct zone *zone, char out[TRACE_WORDS])
{
	int64_t value;

	out[0] = '\0';
	for (unsigned i = 0; i < kind->field_count; i++) {
		memcpy(&value, (const char *)base + kind->fields[i].offset, sizeof value);
		if (!kind->fields[i].optional || value)
			add_value(out, &kind->fields[i], value, zone);
	}
	return out;
}

const char *
trace_words_cause(const struct moment *m, char out[TRACE_WORDS])
{
	static const char *const directives[] = {[LINE_SETTINGS] = "(the policy changes)",
		[LINE_CRASH] = "(the agent crashes)", [LINE_END] = "(time passes)", [LINE_HEADER] = ""};

	if (!m->event)
		snprintf(out, TRACE_WORDS, "%s", directives[m->cause->kind]);
	else if (m->event->kind == EV_TIMER)
		snprintf(out, TRACE_WORDS, "timer %s", machine_timer[m->event->timer]);
	else
		snprintf(out, TRACE_WORDS, "%s", machine_event[m->event->kind].name);
	return out;
}

const char *
trace_words_device(const struct trace_header *h, char out[TRACE_WORDS])
{
	char version[VERSION_TEXT];

	snprintf(out, TRACE_WORDS, "%s%s%s", h->platform, h->platform[0] ? " " : "version ", version_words(h->version, version));
	if (h->build[0])
		add_words(out, " ", "(%s)", h->build);
	if (h->model[0])
		add_words(out, ", ", "%s", h->model);
	if (h->board[0])
		add_words(out, ", ", "%s", h->board);
	if (h->time_zone[0])
		add_words(out, ", ", "%s", h->time_zone);
	return out;
}

const char *
trace_words_banner(const struct view *v, const struct zone *zone, char out[TRACE_WORDS])
{
	char version[VERSION_TEXT], words[WORDS_TEXT];

	out[0] = '\0';
	if (v->banner == BANNER_UPDATE)
		add_words(out, "", "banner: %s by %s", version_words(v->target, version), words_date(v->deadline, zone, words));
	else if (v->banner == BANNER_WARNING)
		add_words(out, "", "warning: %s left", words_span(v->left, words));
	else if (v->banner == BANNER_FAILED)
		add_words(out, "", "banner: the update failed");
	return out;
}

const char *
trace_words_window(const struct view *v, char out[TRACE_WORDS])
{
	char words[WORDS_TEXT];

	out[0] = '\0';
	if (v->screen == SCREEN_INFO)
		add_words(out, "", "Update Info");
	else if (v->screen == SCREEN_TIMER)
		add_words(out, "", "timer %s", language_timer(v->left, words));
	else if (v->screen == SCREEN_PROGRESS)
		add_words(out, "", "Install in Progress, %d %%", v->progress);
	return out;
}

const char *
trace_words_shown(const struct view *v, const struct zone *zone, char out[TRACE_WORDS])
{
	char part[TRACE_WORDS];

	snprintf(out, TRACE_WORDS, "%s", v->badge ? "badge" : "");
	if (*trace_words_banner(v, zone, part))
		add_words(out, "; ", "%s", part);
	if (*trace_words_window(v, part))
		add_words(out, "; ", "%s", part);
	if (!*out)
		snprintf(out, TRACE_WORDS, "nothing");
	return out;
}

/* Without a policy: it only decides which reminders a banner offers, and those are not shown. */
void
trace_view(const struct moment *m, struct view *view)
{
	static const struct policy none;
	const struct player *p = m->player;

	view_of(&p->machine, &none, p->at, p->awake, view);
}

const struct zone *
trace_zone(const struct zone *asked, const struct trace_header *h)
{
	const struct zone *own = !asked && h->time_zone[0] ? zone_load(h->time_zone, &(const char *){0}) : NULL;

	return asked ? asked : own ? own : &calendar_utc;
}
