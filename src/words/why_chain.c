/* Writes the sentences of why, one function for each step. */
#include "why.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/version.h"
#include "text/feed/feed.h"
#include "text/key.h"
#include "words.h"

#define WHERE 512

struct chain {
	const struct why *why;
	json_t *steps;
};

static const char *const os[] = {"macOS", "Linux"};	/* enum platform */

__attribute__((format(printf, 2, 3)))
static void
add_step(struct chain *c, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	json_array_append_new(c->steps, json_vsprintf(format, args));
	va_end(args);
}

const struct policy_source *
why_source(const struct why *w)
{
	for (unsigned i = 0; i < w->count; i++)
		if (w->outlook.required ? &w->sources[i].policy == w->outlook.requirement.policy :
		    w->sources[i].policy.platform == w->device.platform)
			return &w->sources[i];
	return NULL;
}

/* Writes "policies/lab.yaml:7" if the policy has the key, otherwise "policies/lab.yaml, notice.window by default". */
static const char *
write_place(const struct policy_source *s, const char *key, char out[WHERE])
{
	bool given;
	unsigned line = policysource_place(s, key, &given).line;

	if (given)
		snprintf(out, WHERE, "%s:%u", s->path, line);
	else
		snprintf(out, WHERE, "%s, %s by default", s->path, key);
	return out;
}

static const char *
write_moment(const struct chain *c, int64_t at, char out[WORDS_TEXT])
{
	return words_moment(at, c->why->device.zone, out);
}

static void
step_summary(struct chain *c)
{
	const struct outlook *o = &c->why->outlook;
	const char *system = os[c->why->device.platform];
	char target[VERSION_TEXT], when[WORDS_TEXT], span[WORDS_TEXT];
	int64_t left = o->deadline - c->why->now;

	if (!o->required)
		add_step(c, "Nothing is required of this device.");
	else
		add_step(c, "%s %s %s to be installed by %s, %s%s.", system, version_format(o->requirement.target, target),
			left < 0 ? "had" : "has", write_moment(c, o->deadline, when),
			words_span(left < 0 ? -left : left, span), left < 0 ? " ago" : " from now");
}

static void
step_device(struct chain *c)
{
	const struct device *d = &c->why->device;
	const char *model = d->model ? d->model : d->board;
	char version[VERSION_TEXT];

	add_step(c, "This device%s%s%s runs %s %s; times are in %s%s.", model ? " (" : "", model ? model : "",
		model ? ")" : "", os[d->platform], version_format(d->version, version), d->zone->name,
		c->why->zone_given ? "" : ", because its time zone was not given");
}

static const char *
zone_name(const struct zone *zone)
{
	return zone ? zone->name : "the device's time zone";
}

static void
explain_minimum(struct chain *c, const struct policy_source *s, const struct requirement *r)
{
	const struct policy *p = &s->policy;
	char version[VERSION_TEXT], installed[VERSION_TEXT], local[VALUE_LOCAL], at[WHERE], when[WORDS_TEXT];

	add_step(c, "%s: \"%s\" requires %s or newer, and %s %s.", write_place(s, "enforce.minimum.version", at), p->name,
		version_format(p->minimum.version, version), version_format(c->why->device.version, installed),
		r ? "is older" : "complies");
	if (r)
		add_step(c, "%s: the deadline is %s in %s, which is %s.", write_place(s, "enforce.minimum.deadline", at),
			value_local_text(&p->minimum.deadline, local), zone_name(p->minimum.zone),
			write_moment(c, r->deadline, when));
}

/* Explains why the newest of the releases with this verdict does not count. */
static void
explain_left_out(struct chain *c, const struct policy_source *s, enum plan_verdict verdict, const char *key,
	const char *because)
{
	const struct why *w = c->why;
	unsigned major = version_major(w->device.version);
	char version[VERSION_TEXT], date[FEED_DAY], at[WHERE];

	for (uint32_t i = 0; w->feed && i < w->feed->count; i++) {
		const struct release *r = &w->feed->releases[i];

		if (r->version <= w->device.version || plan_weigh(r, &s->policy, major, &w->device, w->now) != verdict)
			continue;
		add_step(c, "%s, entry %s of %s: does not count %s%s%s%s.", w->feed_name,
			version_format(r->version, version), feed_day(r->day, date), because, key ? " (" : "",
			key ? write_place(s, key, at) : "", key ? ")" : "");
		return;
	}
}

static void
explain_all_left_out(struct chain *c, const struct policy_source *s)
{
	explain_left_out(c, s, PLAN_OTHER_MAJOR, "enforce.automatic.upgrades", "because it is of another major");
	explain_left_out(c, s, PLAN_SUPPLEMENT, "enforce.automatic.supplements", "because it is a supplement");
	explain_left_out(c, s, PLAN_NOT_OUT, NULL, "because it is not out yet");
	explain_left_out(c, s, PLAN_CANNOT_RUN, NULL, "because this device cannot run it");
}

static void
explain_exploited(struct chain *c, const struct policy_source *s, const struct requirement *r)
{
	const struct policy *p = &s->policy;
	bool least = r->deadline == r->exploited + p->notice.minimum;
	char at[WHERE], span[WORDS_TEXT], notice[WORDS_TEXT], version[VERSION_TEXT], date[FEED_DAY], when[WORDS_TEXT];

	add_step(c, "%s, entry %s of %s: %s; this device first %s%s.", c->why->feed_name,
		version_format(r->version, version), feed_day(r->release->day, date), r->release->exploited ?
		"fixes an exploited vulnerability" : "was flagged as fixing an exploited vulnerability, which counts although "
		"the feed has withdrawn the flag", r->exploited == c->why->now ? "learns that now, " : "learned that on ",
		write_moment(c, r->exploited, when));
	add_step(c, "%s: so it is due %s after that day%s%s, earlier than other releases, by %s.",
		write_place(s, "enforce.automatic.exploited", at), words_span(p->automatic.exploited, span),
		least ? ", but with no less notice than " : "", least ? words_span(p->notice.minimum, notice) : "",
		write_moment(c, r->deadline, when));
}

/* Whether an older release would be due earlier if this one were not already required of the device. */
static bool
is_overtaken(const struct why *w, const struct policy *p, const struct requirement *r)
{
	struct device forgetful = w->device;
	const struct policy *const policies[] = {p};
	struct requirement other;

	forgetful.held = NULL;
	return plan_requirement(policies, 1, w->feed, &forgetful, w->now, &other) && other.version != r->version;
}

static void
explain_automatic(struct chain *c, const struct policy_source *s, const struct requirement *r)
{
	const struct policy *p = &s->policy;
	int64_t minutes = p->automatic.at / MINUTE_MS;
	char at[WHERE], span[WORDS_TEXT], version[VERSION_TEXT], date[FEED_DAY], when[WORDS_TEXT];

	add_step(c, "%s: \"%s\" gives every release a deadline %s after its release date, at %02d:%02d in %s.",
		write_place(s, "enforce.automatic.after_release", at), p->name, words_span(p->automatic.after_release, span),
		(int)(minutes / 60), (int)(minutes % 60), zone_name(p->automatic.zone));
	if (!c->why->feed)
		add_step(c, "There is no feed yet, so it requires nothing.");
	else if (r && r->exploited)
		explain_exploited(c, s, r);
	else if (r)
		add_step(c, "%s, entry %s of %s: the first release that the device lacks%s; it is required, and due by %s.",
			c->why->feed_name, version_format(r->version, version), feed_day(r->release->day, date),
			is_overtaken(c->why, p, r) ? ", apart from those that were added to the feed later" : "",
			write_moment(c, r->deadline, when));
	else
		add_step(c, "%s: lists nothing newer than %s that counts for this device.", c->why->feed_name,
			version_format(c->why->device.version, version));
	explain_all_left_out(c, s);
}

static void
step_policy(struct chain *c, const struct policy_source *s)
{
	const struct why *w = c->why;
	const struct policy *p = &s->policy;
	struct requirement r;
	char at[WHERE];
	bool asks = plan_requirement(&p, 1, w->feed, &w->device, w->now, &r);

	if (p->platform != w->device.platform)
		add_step(c, "%s: \"%s\" is for %s, so it requires nothing here.", write_place(s, "platform", at), p->name,
			os[p->platform]);
	else if (p->enforce == ENFORCE_NOTHING)
		add_step(c, "%s: \"%s\" does not manage this device, so it requires nothing.",
			write_place(s, "enforce.do_not_manage", at), p->name);
	else if (p->enforce == ENFORCE_MINIMUM)
		explain_minimum(c, s, asks ? &r : NULL);
	else
		explain_automatic(c, s, asks ? &r : NULL);
}

static void
step_choice(struct chain *c)
{
	const struct why *w = c->why;
	const struct requirement *r = &w->outlook.requirement;
	char version[VERSION_TEXT];

	if (w->outlook.required && w->count > 1)
		add_step(c, "Of %u policies, the earliest deadline counts, that of \"%s\", and the highest required version, "
			"%s.", w->count, r->policy->name, version_format(r->version, version));
}

static void
step_target(struct chain *c)
{
	const struct why *w = c->why;
	const struct requirement *r = &w->outlook.requirement;
	char target[VERSION_TEXT], at[WHERE];

	if (!w->outlook.required)
		return;
	version_format(r->target, target);
	if (r->target == r->version)
		add_step(c, "The update installs %s itself%s.", target, !w->feed ? ": without a feed nothing newer is known" :
			r->policy->install.target == TARGET_REQUIRED ? ", as install.target says" :
			": nothing newer counts for the device");
	else if (r->policy->install.target == TARGET_REQUIRED)
		add_step(c, "The update installs %s, the newest release that counts: the deadline is past, so that one "
			"restart is enough.", target);
	else
		add_step(c, "%s: the update installs %s, the newest release that counts for the device.",
			write_place(why_source(w), "install.target", at), target);
	if (outlook_fate(&w->outlook) == FATE_CANNOT_RUN)
		add_step(c, "%s: does not list this device for %s, so the update cannot succeed.", w->feed_name, target);
}

/* Explains how notice.minimum moves the deadline, if it does. */
static void
explain_least_notice(struct chain *c, const struct policy_source *s)
{
	const struct outlook *o = &c->why->outlook;
	char at[WHERE], span[WORDS_TEXT], when[WORDS_TEXT];

	if (o->deadline <= o->requirement.deadline)
		return;
	if (!s->policy.notice.minimum)
		add_step(c, "The agent first learned of it after the deadline, so the deadline counts from then, %s.",
			write_moment(c, o->deadline, when));
	else
		add_step(c, "%s: a device gets at least %s from when it first learns of it, so the deadline is %s.",
			write_place(s, "notice.minimum", at), words_span(s->policy.notice.minimum, span),
			write_moment(c, o->deadline, when));
}

static void
list_reminders(const struct policy *p, char *out, size_t size)
{
	char remind[WORDS_TEXT];
	size_t used = 0;

	*out = '\0';
	for (unsigned i = 0; i < p->notice.reminds && used < size; i++)
		used += (size_t)snprintf(out + used, size - used, ", %s", words_remind(p->notice.remind[i], remind));
}

static void
explain_banner(struct chain *c, const struct policy_source *s)
{
	const struct outlook *o = &c->why->outlook;
	char at[WHERE], span[WORDS_TEXT], again[WORDS_TEXT], reminds[256], when[WORDS_TEXT];

	list_reminders(&s->policy, reminds, sizeof reminds);
	add_step(c, "%s: from %s before the deadline, %s, it shows a badge and a banner with Learn More%s; an unanswered "
		"banner comes back after %s.", write_place(s, "notice.window", at), words_span(s->policy.notice.window, span),
		write_moment(c, o->opens, when), reminds, words_span(s->policy.notice.repeat, again));
}

static void
step_shown(struct chain *c)
{
	const struct outlook *o = &c->why->outlook;
	const struct policy_source *s = why_source(c->why);
	bool past = o->deadline <= c->why->now;
	char at[WHERE], span[WORDS_TEXT], again[WORDS_TEXT], when[WORDS_TEXT];

	if (!o->required)
		return;
	explain_least_notice(c, s);
	if (!past)
		explain_banner(c, s);
	add_step(c, "%s: %s%s%s a countdown of %s, with a warning every %s while its window is closed. Then %sthe update "
		"begins and the device restarts.", write_place(s, "countdown.length", at), past ? "the deadline is past, so " :
		"at the deadline, ", past ? "it is time for" : write_moment(c, o->deadline, when), past ? "" : ",",
		words_span(s->policy.countdown.length, span), words_span(s->policy.countdown.warn_every, again),
		s->policy.install.close_apps ? "open apps are closed, " : "");
}

static void
step_now(struct chain *c)
{
	const struct why *w = c->why;
	const struct state_info *state = &machine_state[w->outlook.state];
	char when[WORDS_TEXT];

	add_step(c, "Now, %s, %s is in the state %s: %s.", write_moment(c, w->now, when),
		w->running ? "it" : "a device that starts with someone logged in", state->path, state->about);
}

static void
change_when_none(struct chain *c)
{
	const struct why *w = c->why;
	const struct policy_source *s = why_source(w);
	char at[WHERE];

	if (!s || s->policy.enforce == ENFORCE_NOTHING)
		add_step(c, "What would change it: a policy for this device that enforces something.");
	else if (s->policy.enforce == ENFORCE_MINIMUM)
		add_step(c, "What would change it: a higher version in %s.", write_place(s, "enforce.minimum.version", at));
	else
		add_step(c, "What would change it: a release that counts, as soon as it is in the feed.");
}

static void
step_change(struct chain *c)
{
	const struct why *w = c->why;
	const struct requirement *r = &w->outlook.requirement;
	const struct policy_source *s = why_source(w);
	char at[WHERE], version[VERSION_TEXT];

	if (!w->outlook.required) {
		change_when_none(c);
		return;
	}
	write_place(s, !r->release ? "enforce.minimum.deadline" : r->exploited ? "enforce.automatic.exploited" :
		"enforce.automatic.after_release", at);
	add_step(c, "What would change it: %s or newer, installed in any way, ends it; %s moves the deadline.",
		version_format(r->version, version), at);
}

json_t *
why_chain(const struct why *w)
{
	struct chain c = {w, json_array()};

	step_summary(&c);
	step_device(&c);
	for (unsigned i = 0; i < w->count; i++)
		step_policy(&c, &w->sources[i]);
	step_choice(&c);
	step_target(&c);
	step_shown(&c);
	step_now(&c);
	step_change(&c);
	return c.steps;
}
