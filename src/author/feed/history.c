/* history - plays all editions of a feed on one device. core/assess and the machine decide what is required; this file only
 * judges whether each change was allowed. */
#include "feed.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/assess.h"
#include "core/player.h"
#include "core/version.h"
#include "text/feed/feed.h"
#include "text/instant.h"
#include "words/words.h"

/* --- a device that follows a feed --- */

enum change {
	CHANGE_NONE,
	CHANGE_APPEARED,
	CHANGE_EARLIER,
	CHANGE_LATER,
	CHANGE_HIGHER,		/* another version by the same deadline */
	CHANGE_TOO_EARLY,	/* this and the following must never happen to a device */
	CHANGE_BACK,		/* a lower version */
	CHANGE_VANISHED,
	CHANGES
};

static const char *const change_words[CHANGES] = {
	[CHANGE_NONE] = "stayed", [CHANGE_APPEARED] = "appeared", [CHANGE_EARLIER] = "moved earlier",
	[CHANGE_LATER] = "moved later", [CHANGE_HIGHER] = "changed its version", [CHANGE_TOO_EARLY] =
	"moved earlier than notice.minimum allows", [CHANGE_BACK] = "went back to a lower version",
	[CHANGE_VANISHED] = "vanished",
};
static bool
change_is_wrong(enum change c)
{
	return c >= CHANGE_TOO_EARLY;
}

struct demand {			/* what is required of the device at one time */
	bool required;
	int64_t version;
	int64_t deadline;	/* the machine's, UTC ms: notice.minimum included, never before `heard` */
	int64_t heard;		/* when the device first heard of that version */
	int64_t exploited;	/* as in struct requirement */
};

struct track {
	bool trusting;		/* adopts every feed, without the rules of adoption */
	const struct policy *policy;
	struct device device;
	struct feed_text *feed;	/* the last one adopted, or NULL */
	struct knowledge knowledge;
	struct settings settings;
	struct player player;
	struct demand was, is;
};

static void
step_machine(struct track *t, struct event e)
{
	struct answer answer;

	e.awake = PLAYER_COUNTS;
	assert(player_refuses(&t->player, &e) == PLAYER_ACCEPTS);
	player_step(&t->player, &e, &answer);
}

/* Timers never fire here, so the device keeps its version for years, even past deadlines. */
static void
track_begin(struct track *t, const struct policy *policy, const struct device *device, bool trusting, int64_t at)
{
	*t = (struct track){.policy = policy, .device = *device, .trusting = trusting};
	policy_settings(policy, &t->settings);
	player_init(&t->player, &t->settings, device->version, true);
	step_machine(t, (struct event){.kind = EV_START, .at = at});
}

static const struct feed *
adopted_feed(const struct track *t)
{
	return t->feed ? feed_of(t->feed) : NULL;
}

/* Returns false if the feed is not adopted; messages say why. */
static bool
track_offer(struct track *t, const char *name, const char *bytes, size_t length, struct messages *ms)
{
	struct feed_text *next = t->trusting ? feed_examine(name, bytes, length, NULL, 0, ms)
		: feed_decode(name, bytes, length, adopted_feed(t), ms);

	if (!next)
		return false;
	feed_free(t->feed);
	t->feed = next;
	return true;
}

static struct demand
assess_device(struct track *t, int64_t at)
{
	const struct requirement *r;
	struct demand is = {0};
	struct assessment a;

	assess(&t->policy, 1, adopted_feed(t), &t->device, &t->knowledge, at, &a);
	a.event.at = at;
	step_machine(t, a.event);
	if (!a.required)
		return is;
	r = &a.requirement;
	is = (struct demand){true, r->version, t->player.machine.deadline, at, r->exploited};
	if (t->is.required && t->is.version == r->version)
		is.heard = t->is.heard;
	return is;
}

/* Notice counts from when the device first heard of the version, or of the attacks that bring it forward. */
static bool
is_too_early(const struct track *t)
{
	int64_t since = t->is.exploited > t->is.heard ? t->is.exploited : t->is.heard;

	return t->is.deadline < since + t->settings.minimum;
}

static enum change
change_of(const struct track *t)
{
	const struct demand *was = &t->was, *is = &t->is;

	if (was->required != is->required)
		return is->required ? CHANGE_APPEARED : CHANGE_VANISHED;
	if (is->version < was->version)
		return CHANGE_BACK;
	if (is->deadline < was->deadline)
		return is_too_early(t) ? CHANGE_TOO_EARLY : CHANGE_EARLIER;
	if (is->deadline > was->deadline)
		return CHANGE_LATER;
	return is->version > was->version ? CHANGE_HIGHER : CHANGE_NONE;
}

/* Assesses the device again and returns what changed. at: never earlier than in the last call. */
static enum change
track_assess(struct track *t, int64_t at)
{
	struct demand is = assess_device(t, at);

	t->was = t->is;
	t->is = is;
	return change_of(t);
}

static void
track_end(struct track *t)
{
	feed_free(t->feed);
}

/* --- the report --- */

struct history {
	const struct zone *zone;
	struct track ours, trusting;	/* with the rules of adoption, and without them */
	unsigned adopted, refused, caught;
	unsigned changes[CHANGES];	/* counts for `ours` */
};

static void
print_demand(const struct demand *d, const struct zone *zone)
{
	char version[VERSION_TEXT], moment[WORDS_TEXT];

	if (d->required)
		printf("%s by %s", version_format(d->version, version), words_moment(d->deadline, zone, moment));
	else
		fputs("nothing", stdout);
}

static void
print_change(const char *who, const struct track *t, enum change c, const struct zone *zone)
{
	char moment[WORDS_TEXT];

	printf("  %s%s: ", who, change_words[c]);
	if (c != CHANGE_APPEARED) {
		print_demand(&t->was, zone);
		fputs(" -> ", stdout);
	}
	print_demand(&t->is, zone);
	if (t->is.exploited)
		printf(", exploited (first seen %s)", words_moment(t->is.exploited, zone, moment));
	putchar('\n');
}

static void
print_refusal(const struct messages *ms)
{
	const char *why = NULL;

	for (size_t i = 0; i < ms->count && !why; i++)
		if (ms->list[i].severity == MESSAGE_ERROR)
			why = ms->list[i].text;
	printf("  refused: %s", why);
	if (ms->errors > 1)
		printf(" (and %u more reason%s)", ms->errors - 1, ms->errors == 2 ? "" : "s");
	putchar('\n');
}

/* Assesses both devices and prints what changed. refusal: why `ours` refused the new feed, or NULL. */
static void
assess_both(struct history *h, int64_t at, const char *name, const struct messages *refusal)
{
	enum change ours = track_assess(&h->ours, at), other = track_assess(&h->trusting, at);
	bool caught = change_is_wrong(other) && ours != other;
	char text[INSTANT_TEXT];

	h->changes[ours]++;
	h->caught += caught;
	if (!refusal && !caught && ours == CHANGE_NONE)
		return;
	printf("%s  %s\n", instant_format(at, text), name);
	if (refusal)
		print_refusal(refusal);
	if (ours != CHANGE_NONE)
		print_change(change_is_wrong(ours) ? "NOT CAUGHT, it " : "", &h->ours, ours, h->zone);
	if (caught)
		print_change("caught, else it would have ", &h->trusting, other, h->zone);
	else if (refusal && other == CHANGE_NONE)
		puts("  if adopted, it would have changed nothing");
	else if (refusal && ours == CHANGE_NONE)
		print_change("if adopted, it would have ", &h->trusting, other, h->zone);
}

/* Assesses at the start of each day before `at`, since a release begins to count on its date. */
static void
play_days_until(struct history *h, int64_t at)
{
	int64_t now = h->ours.player.at;

	for (int64_t day = now - now % DAY_MS + DAY_MS; day < at; day += DAY_MS)
		assess_both(h, day, "(a new day)", NULL);
}

static bool
play_edition(struct history *h, const struct edition *e, struct messages *ms)
{
	struct messages reasons = {0}, ignored = {0};
	size_t length;
	char *bytes = edition_read(e, &length, ms);
	bool adopted;

	if (!bytes)
		return false;
	play_days_until(h, e->at);
	adopted = track_offer(&h->ours, e->name, bytes, length, &reasons);
	track_offer(&h->trusting, e->name, bytes, length, &ignored);
	if (adopted)
		h->adopted++;
	else
		h->refused++;
	assess_both(h, e->at, e->name, adopted ? NULL : &reasons);
	message_free(&reasons);
	message_free(&ignored);
	free(bytes);
	return true;
}

/* Returns the number of wrong changes. */
static unsigned
print_summary(const struct history *h)
{
	unsigned feeds = h->adopted + h->refused, wrong = 0, any = 0;

	printf("%u feed%s: %u adopted, %u refused. The requirement", feeds, feeds == 1 ? "" : "s", h->adopted, h->refused);
	for (unsigned c = CHANGE_NONE + 1; c < CHANGES; c++) {
		unsigned n = h->changes[c];

		if (n)
			printf("%s %s %u time%s", any ? "," : "", change_words[c], n, n == 1 ? "" : "s");
		any += n;
		wrong += change_is_wrong((enum change)c) ? n : 0;
	}
	printf("%s. Wrong changes: %u caught, %u not caught.\n", any ? "" : " never changed", h->caught, wrong);
	return wrong;
}

/* Plays the history of one feed, whose editions begin at index `first`. Returns how many there are. */
static size_t
play_feed(const struct editions *e, size_t first, const struct policy *policy, const struct device *device, int *wrong,
	struct messages *ms)
{
	struct history h = {.zone = device->zone};
	const struct edition *list = &e->list[first];
	char version[VERSION_TEXT];
	size_t n = 0;
	bool good = true;

	printf("%s%s%s on %s, %s\n", list->feed, *list->feed ? ": " : "", policy->name,
		version_format(device->version, version), device->zone->name);
	track_begin(&h.ours, policy, device, false, list->at);
	track_begin(&h.trusting, policy, device, true, list->at);
	for (; first + n < e->count && strcmp(list[n].feed, list->feed) == 0; n++)
		good = play_edition(&h, &list[n], ms) && good;
	*wrong = !good ? -1 : *wrong < 0 ? *wrong : *wrong + (int)print_summary(&h);
	track_end(&h.ours);
	track_end(&h.trusting);
	return n;
}

int
history_run(const struct editions *e, const struct policy *policy, const struct device *device, struct messages *ms)
{
	int wrong = 0;

	for (size_t i = 0; i < e->count;)
		i += play_feed(e, i, policy, device, &wrong, ms);
	return wrong;
}
