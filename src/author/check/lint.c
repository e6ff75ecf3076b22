#include "lint.h"

#include "core/version.h"
#include "text/instant.h"
#include "text/key.h"
#include "words/words.h"

#define ENOUGH_MS (5 * DAY_MS)	/* of notice */
#define NIGHT_MS (22 * HOUR_MS)	/* from then */
#define MORNING_MS (6 * HOUR_MS)	/* until then */

enum { SUNDAY = 0, SATURDAY = 6 };

/* What is being looked at, handed down as one. */
struct look {
	const struct policy_source *source;
	const struct policy *policy;
	const struct lint *lint;
	struct messages *messages;
};

#define COMPLAIN(look, code, place, ...) \
	message_coded((look)->messages, (code), (look)->source->path, (place), __VA_ARGS__)

static struct place
at(const struct look *l, const char *key)
{
	return policysource_place(l->source, key, NULL);
}

/* On the device's own clock the deadline is up to 14 hours earlier or later than the UTC that stands for it here. */
static int64_t
deadline(const struct policy *p)
{
	int64_t instant;

	calendar_instant(&p->minimum.deadline, p->minimum.zone ? p->minimum.zone : &calendar_utc, &instant);
	return instant;
}

static void
look_at_day(const struct look *l, const char *key, const char *of, int64_t day)
{
	int weekday = calendar_weekday(day);
	struct civil c;

	if (weekday != SATURDAY && weekday != SUNDAY)
		return;
	calendar_date(day, &c);
	COMPLAIN(l, CODE_WEEKEND, at(l, key), "the deadline%s falls on a weekend: %04d-%02d-%02d is a %s", of, c.year, c.month,
		c.day, weekday == SUNDAY ? "Sunday" : "Saturday");
}

static void
look_at_time(const struct look *l, const char *key, int64_t time)
{
	if (time >= NIGHT_MS || time < MORNING_MS)
		COMPLAIN(l, CODE_NIGHT, at(l, key), "the deadline is at night, between 22:00 and 06:00: %02d:%02d",
			(int)(time / HOUR_MS), (int)(time / MINUTE_MS % 60));
}

/* left: from when a device can hear of the requirement to the deadline; key: what makes it so. */
static void
look_at_notice(const struct look *l, const char *key, int64_t left)
{
	char span[WORDS_TEXT];
	int64_t window = l->policy->notice.window;

	if (left >= ENOUGH_MS && window >= ENOUGH_MS)
		return;
	if (window <= left)
		COMPLAIN(l, CODE_SHORT_NOTICE, at(l, "notice.window"),
			"people see the first banner %s before the deadline: less than five days' notice", words_span(window, span));
	else
		COMPLAIN(l, CODE_SHORT_NOTICE, at(l, key), "%s to the deadline: less than five days' notice",
			words_span(left, span));
}

/* Of a window that the author wrote. The default one opens as soon as it can: look_at_notice tells of that. */
static void
look_at_window(const struct look *l, int64_t left)
{
	char window[DURATION_TEXT], span[WORDS_TEXT];
	bool own;
	struct place place = policysource_place(l->source, "notice.window", &own);

	if (own && l->policy->notice.window > left)
		COMPLAIN(l, CODE_WINDOW_TOO_LONG, place, "a notice window of %s is longer than the %s to the deadline",
			duration_format(l->policy->notice.window, window), words_span(left, span));
}

static void
look_at_past(const struct look *l, int64_t late)
{
	char span[WORDS_TEXT], version[VERSION_TEXT];

	COMPLAIN(l, CODE_PAST, at(l, "enforce.minimum.deadline"), "the deadline passed %s ago: devices below %s start their "
		"countdown %s", words_span(late, span), version_format(l->policy->minimum.version, version),
		l->policy->notice.minimum ? "as soon as notice.minimum is over" : "at the next check-in");
}

static void
look_for_release(const struct look *l)
{
	const struct feed *feed = l->lint->feed;
	int64_t wanted = l->policy->minimum.version, newest = VERSION_NONE;
	char version[VERSION_TEXT], other[VERSION_TEXT];

	if (!feed || l->policy->platform != PLATFORM_MACOS)	/* which is what feeds are of */
		return;
	for (uint32_t i = 0; i < feed->count; i++) {
		int64_t v = feed->releases[i].version;

		if (v == wanted)
			return;
		if (version_major(v) == version_major(wanted) && v > newest && (version_supplement(wanted) ||
		    !version_supplement(v)))
			newest = v;
	}
	version_format(wanted, version);
	if (newest == VERSION_NONE)
		COMPLAIN(l, CODE_NO_SUCH_RELEASE, at(l, "enforce.minimum.version"),
			"no release of the feed is %s, and none is of its major", version);
	else
		COMPLAIN(l, CODE_NO_SUCH_RELEASE, at(l, "enforce.minimum.version"),
			"no release of the feed is %s; the newest of its major is %s", version,
			version_format(newest, other));
}

static void
look_at_minimum(const struct look *l)
{
	const struct civil *t = &l->policy->minimum.deadline;
	int64_t left = deadline(l->policy) - l->lint->now, notice = l->policy->notice.minimum;

	look_at_day(l, "enforce.minimum.deadline", "", calendar_days(t->year, t->month, t->day));
	look_at_time(l, "enforce.minimum.deadline", t->hour * HOUR_MS + t->minute * MINUTE_MS);
	look_for_release(l);
	if (left <= 0) {
		look_at_past(l, -left);
		return;
	}
	left = left > notice ? left : notice;
	if (l->lint->asked)
		look_at_window(l, left);
	look_at_notice(l, "enforce.minimum.deadline", left);
}

/* Of every major the newest release that is yet to fall due. */
static void
look_at_releases(const struct look *l)
{
	const struct feed *feed = l->lint->feed;
	const struct device utc = {.zone = &calendar_utc};
	unsigned last = 0;

	for (uint32_t i = 0; feed && i < feed->count; i++) {
		const struct release *r = &feed->releases[i];
		char of[VERSION_TEXT + 8] = " of ";

		if (version_major(r->version) == last || (version_supplement(r->version) && !l->policy->automatic.supplements) ||
		    plan_release_deadline(r, l->policy, &utc) <= l->lint->now)
			continue;
		last = version_major(r->version);
		version_format(r->version, of + 4);
		look_at_day(l, "enforce.automatic.after_release", of, r->day + l->policy->automatic.after_release / DAY_MS);
	}
}

/* Heard of in the last minute of a day, at worst. Others' notice is said by look_at_notice. */
static void
look_at_exploited(const struct look *l)
{
	const struct policy *p = l->policy;
	int64_t left = p->automatic.exploited - DAY_MS + p->automatic.at;
	char span[WORDS_TEXT];

	if (left < p->notice.minimum)
		left = p->notice.minimum;
	if (p->automatic.exploited && left < ENOUGH_MS && p->notice.window > left)
		COMPLAIN(l, CODE_SHORT_NOTICE, at(l, "enforce.automatic.exploited"), "as little as %s from when a device hears of "
			"an exploited hole to the deadline: less than five days' notice", words_span(left, span));
}

static void
look_at_automatic(const struct look *l)
{
	const struct policy *p = l->policy;
	int64_t left = p->automatic.after_release + p->automatic.at;

	if (left < p->notice.minimum)
		left = p->notice.minimum;
	look_at_time(l, "enforce.automatic.at", p->automatic.at);
	look_at_window(l, left);
	look_at_notice(l, "enforce.automatic.after_release", left);
	look_at_exploited(l);
	look_at_releases(l);
}

void
lint_policy(const struct policy_source *source, const struct lint *lint, struct messages *messages)
{
	const struct look look = {source, &source->policy, lint, messages};

	if (source->policy.enforce == ENFORCE_MINIMUM)
		look_at_minimum(&look);
	else if (source->policy.enforce == ENFORCE_AUTOMATIC)
		look_at_automatic(&look);
}
