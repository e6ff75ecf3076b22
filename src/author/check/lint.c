/* lint - warns of what is valid in a policy but hurts people when the deadline comes. */
#include "check.h"

#include "core/version.h"
#include "text/instant.h"
#include "text/key.h"
#include "words/words.h"

#define ENOUGH_NOTICE_MS (5 * DAY_MS)
#define NIGHT_BEGINS_MS (22 * HOUR_MS)	/* time of day */
#define NIGHT_ENDS_MS (6 * HOUR_MS)

enum { SUNDAY = 0, SATURDAY = 6 };

struct inspection {		/* one policy, and where its problems go */
	const struct policy_source *source;
	const struct policy *policy;
	const struct lint *lint;
	struct messages *messages;
};

#define COMPLAIN(in, code, place, ...) \
	message_coded((in)->messages, (code), (in)->source->path, (place), __VA_ARGS__)

static struct place
place_of(const struct inspection *in, const char *key)
{
	return policysource_place(in->source, key, NULL);
}

/* Reads a deadline in the device's own zone as UTC, so it is up to 14 hours off. */
static int64_t
deadline_of(const struct policy *p)
{
	int64_t instant;

	calendar_instant(&p->minimum.deadline, p->minimum.zone ? p->minimum.zone : &calendar_utc, &instant);
	return instant;
}

static void
check_day(const struct inspection *in, const char *key, const char *of, int64_t day)
{
	int weekday = calendar_weekday(day);
	struct civil c;

	if (weekday != SATURDAY && weekday != SUNDAY)
		return;
	calendar_date(day, &c);
	COMPLAIN(in, CODE_WEEKEND, place_of(in, key), "the deadline%s falls on a weekend: %04d-%02d-%02d is a %s", of,
		c.year, c.month, c.day, weekday == SUNDAY ? "Sunday" : "Saturday");
}

static void
check_time(const struct inspection *in, const char *key, int64_t time)
{
	if (time >= NIGHT_BEGINS_MS || time < NIGHT_ENDS_MS)
		COMPLAIN(in, CODE_NIGHT, place_of(in, key), "the deadline is at night, between 22:00 and 06:00: %02d:%02d",
			(int)(time / HOUR_MS), (int)(time / MINUTE_MS % 60));
}

/* left: the longest notice that a device can get before the deadline; key: the policy's key that sets the deadline. */
static void
check_notice(const struct inspection *in, const char *key, int64_t left)
{
	char span[WORDS_TEXT];
	int64_t window = in->policy->notice.window;

	if (left >= ENOUGH_NOTICE_MS && window >= ENOUGH_NOTICE_MS)
		return;
	if (window <= left)
		COMPLAIN(in, CODE_SHORT_NOTICE, place_of(in, "notice.window"),
			"people get less than five days' notice: the first banner comes %s before the deadline",
			words_span(window, span));
	else
		COMPLAIN(in, CODE_SHORT_NOTICE, place_of(in, key), "people get less than five days' notice: %s to the deadline",
			words_span(left, span));
}

/* Checks only a window that the author wrote. If the default one is too long it opens at once, and check_notice warns. */
static void
check_window(const struct inspection *in, int64_t left)
{
	char window[DURATION_TEXT], span[WORDS_TEXT];
	bool own;
	struct place place = policysource_place(in->source, "notice.window", &own);

	if (own && in->policy->notice.window > left)
		COMPLAIN(in, CODE_WINDOW_TOO_LONG, place, "a notice window of %s is longer than the %s to the deadline",
			duration_format(in->policy->notice.window, window), words_span(left, span));
}

static void
check_past(const struct inspection *in, int64_t late)
{
	char span[WORDS_TEXT], version[VERSION_TEXT];

	COMPLAIN(in, CODE_PAST, place_of(in, "enforce.minimum.deadline"), "the deadline passed %s ago: devices below %s start their "
		"countdown %s", words_span(late, span), version_format(in->policy->minimum.version, version),
		in->policy->notice.minimum ? "as soon as notice.minimum is over" : "at the next check-in");
}

static void
check_release(const struct inspection *in)
{
	const struct feed *feed = in->lint->feed;
	int64_t wanted = in->policy->minimum.version, newest = VERSION_NONE;
	char version[VERSION_TEXT], other[VERSION_TEXT];

	if (!feed || in->policy->platform != PLATFORM_MACOS)	/* feeds list only macOS releases */
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
		COMPLAIN(in, CODE_NO_SUCH_RELEASE, place_of(in, "enforce.minimum.version"),
			"the feed has no release %s, and none of the same major version", version);
	else
		COMPLAIN(in, CODE_NO_SUCH_RELEASE, place_of(in, "enforce.minimum.version"),
			"the feed has no release %s; the newest of the same major version is %s", version,
			version_format(newest, other));
}

static void
check_minimum(const struct inspection *in)
{
	const struct civil *t = &in->policy->minimum.deadline;
	int64_t left = deadline_of(in->policy) - in->lint->now, notice = in->policy->notice.minimum;

	check_day(in, "enforce.minimum.deadline", "", calendar_days(t->year, t->month, t->day));
	check_time(in, "enforce.minimum.deadline", t->hour * HOUR_MS + t->minute * MINUTE_MS);
	check_release(in);
	if (left <= 0) {
		check_past(in, -left);
		return;
	}
	left = left > notice ? left : notice;
	if (in->lint->now_given)
		check_window(in, left);
	check_notice(in, "enforce.minimum.deadline", left);
}

/* Checks, for each major version, the newest release whose deadline is still to come. */
static void
check_coming_releases(const struct inspection *in)
{
	const struct feed *feed = in->lint->feed;
	const struct device utc = {.zone = &calendar_utc};
	unsigned last = 0;

	for (uint32_t i = 0; feed && i < feed->count; i++) {
		const struct release *r = &feed->releases[i];
		char of[VERSION_TEXT + 8] = " of ";

		if (version_major(r->version) == last || (version_supplement(r->version) && !in->policy->automatic.supplements) ||
		    plan_release_deadline(r, in->policy, &utc) <= in->lint->now)
			continue;
		last = version_major(r->version);
		version_format(r->version, of + 4);
		check_day(in, "enforce.automatic.after_release", of, r->day + in->policy->automatic.after_release / DAY_MS);
	}
}

/* Assumes the worst: a device hears of the attacks in the last minute of a day, which counts as a whole one. A short
 * notice.window is left to check_notice. */
static void
check_exploited(const struct inspection *in)
{
	const struct policy *p = in->policy;
	int64_t left = p->automatic.exploited - DAY_MS + p->automatic.at;
	char span[WORDS_TEXT];

	if (left < p->notice.minimum)
		left = p->notice.minimum;
	if (p->automatic.exploited && left < ENOUGH_NOTICE_MS && p->notice.window > left)
		COMPLAIN(in, CODE_SHORT_NOTICE, place_of(in, "enforce.automatic.exploited"),
			"people get less than five days' notice: the deadline can be %s after a device hears of attacks",
			words_span(left, span));
}

static void
check_automatic(const struct inspection *in)
{
	const struct policy *p = in->policy;
	int64_t left = p->automatic.after_release + p->automatic.at;

	if (left < p->notice.minimum)
		left = p->notice.minimum;
	check_time(in, "enforce.automatic.at", p->automatic.at);
	check_window(in, left);
	check_notice(in, "enforce.automatic.after_release", left);
	check_exploited(in);
	check_coming_releases(in);
}

void
lint_policy(const struct policy_source *source, const struct lint *lint, struct messages *messages)
{
	const struct inspection in = {source, &source->policy, lint, messages};

	if (source->policy.enforce == ENFORCE_MINIMUM)
		check_minimum(&in);
	else if (source->policy.enforce == ENFORCE_AUTOMATIC)
		check_automatic(&in);
}
