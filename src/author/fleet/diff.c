/* diff - shows what a change of policy does to devices: which deadlines move, from when to when in the device's time zone,
 * which devices are newly included and which are released. Without a list, imagines a device on each version that the feed
 * or the policies name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "text/instant.h"
#include "words/policy.h"
#include "words/words.h"
#include "text/zone.h"
#include "platform/clock.h"
#include "text/command.h"
#include "text/feed/feed.h"
#include "text/memory.h"
#include "moves.h"

struct arguments {
	const char *feed, *devices;
	int64_t now;
	bool list;
};

struct side {			/* before or after: a policy or a file of blueprints */
	const char *path;
	struct policy_source source;
	struct blueprints *blueprints;	/* NULL: a policy */
	struct cohorts cohorts;
};

struct job {
	struct side before, after;
	struct feed_text *feed;
	int64_t now;
	unsigned long devices;
	struct moves *moves;
	struct messages messages;
	bool unusable;
};

static const char *const kind_words[MOVES] = {
	[MOVE_EARLIER] = "earlier", [MOVE_LATER] = "later", [MOVE_INCLUDED] = "newly included", [MOVE_RELEASED] = "released",
	[MOVE_VERSION] = "another version", [MOVE_OVERDUE] = "overdue before and after",
	[MOVE_NONE] = "as before",
};

/* --- one move --- */

static void
print_requirement(int64_t version, int64_t due, const struct zone *zone)
{
	char text[VERSION_TEXT], moment[WORDS_TEXT];

	if (version)
		printf("%s by %s", version_format(version, text), words_moment(due, zone, moment));
	else
		fputs("nothing", stdout);
}

static void
print_change(const struct move_key *m)
{
	int64_t by = m->new_due - m->old_due;
	char span[WORDS_TEXT];

	print_requirement(m->old_version, m->old_due, m->zone);
	fputs(" -> ", stdout);
	print_requirement(m->new_version, m->new_due, m->zone);
	if (m->kind == MOVE_EARLIER || m->kind == MOVE_LATER)
		printf(", %s %s", words_span(by < 0 ? -by : by, span), kind_words[m->kind]);
	puts(m->hurried ? ", too soon" : "");
}

static const char *
cohort_word(const struct cohort *c, char out[COHORT_TEXT])
{
	return !c ? "no blueprint" : c->blueprint ? cohort_text(c, out) : c->policies[0]->name;
}

/* Prints the devices' blueprint, or the old and the new one; nothing if neither side has blueprints. */
static void
print_cohorts(const struct job *j, const struct move_key *m)
{
	char from[COHORT_TEXT], to[COHORT_TEXT];
	const char *old = cohort_word(m->from, from), *new = cohort_word(m->to, to);

	if (j->before.blueprints || j->after.blueprints)
		printf("%s%s%s; ", old, strcmp(old, new) != 0 ? " -> " : "", strcmp(old, new) != 0 ? new : "");
}

static void
print_move(const struct job *j, const struct move *m)
{
	unsigned long named = m->devices < MOVE_NAMES ? m->devices : MOVE_NAMES;

	printf("%s, %s, ", kind_words[m->key.kind], m->key.zone_given ? m->key.zone->name : "zone not listed");
	print_cohorts(j, &m->key);
	printf("%lu device%s: ", m->devices, m->devices == 1 ? "" : "s");
	for (unsigned i = 0; i < named; i++)
		printf("%s%s", i ? ", " : "", m->names[i]);
	if (m->devices > named)
		printf(" and %lu more", m->devices - named);
	fputs("\n  ", stdout);
	print_change(&m->key);
}

/* --- the devices --- */

static void
add_device(struct job *j, const struct arguments *a, const struct listed_device *l)
{
	const struct move_key *m = moves_add(j->moves, l);
	const struct side *side = j->after.blueprints ? &j->after : &j->before;

	if (!m) {
		cohorts_complain(&side->cohorts, side->path, a->devices, l, &j->messages);
		return;
	}
	j->devices++;
	if (!a->list || m->kind == MOVE_NONE || m->kind == MOVE_OVERDUE)
		return;
	printf("%s: %s: ", l->name, kind_words[m->kind]);
	print_cohorts(j, m);
	print_change(m);
}

static const struct zone *
zone_of(const struct policy *p)
{
	return p->enforce == ENFORCE_AUTOMATIC ? p->automatic.zone : p->enforce == ENFORCE_MINIMUM ? p->minimum.zone : NULL;
}

/* Adds an imagined device on that version, in the time zone that the policies name. */
static void
add_sample(struct job *j, const struct arguments *a, int64_t version)
{
	const struct zone *new = zone_of(&j->after.source.policy), *zone = new ? new : zone_of(&j->before.source.policy);
	char text[VERSION_TEXT], name[MOVE_NAME];
	struct listed_device l = {.name = name, .model = "", .blueprint = "", .zone_given = zone,
		.device = {.version = version, .zone = zone ? zone : &calendar_utc}};

	if (version == VERSION_NONE)
		return;
	snprintf(name, sizeof name, "one on %s", version_format(version, text));
	add_device(j, a, &l);
}

static int
newest_first(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a < b) - (a > b);
}

static void
add_samples(struct job *j, const struct arguments *a)
{
	const struct policy *policies[] = {&j->before.source.policy, &j->after.source.policy};
	const struct feed *feed = j->feed ? feed_of(j->feed) : NULL;
	uint32_t releases = feed ? feed->count : 0, count = 0;
	int64_t *versions = memory_zeroed((releases + 4) * sizeof *versions);

	for (uint32_t i = 0; i < releases; i++)
		versions[count++] = feed->releases[i].version;
	for (unsigned i = 0; i < 2; i++)
		if (policies[i]->enforce == ENFORCE_MINIMUM) {
			versions[count++] = policies[i]->minimum.version;
			versions[count++] = version_below(policies[i]->minimum.version);
		}
	qsort(versions, count, sizeof *versions, newest_first);
	for (uint32_t i = 0; i < count; i++)
		if (i == 0 || versions[i] != versions[i - 1])
			add_sample(j, a, versions[i]);
	free(versions);
}

static void
add_devices(struct job *j, const struct arguments *a)
{
	struct devices *devices = devices_open(a->devices, &j->messages);
	struct listed_device l;

	j->unusable = !devices;
	while (devices && devices_next(devices, &l, &j->messages))
		add_device(j, a, &l);
	if (devices)
		devices_close(devices);
}

/* --- the report --- */

/* Adds an error at the line that sets the deadline: the policy's, or the ring's. */
static void
complain_of_hurry(struct job *j)
{
	const struct policy *p = &j->after.source.policy;
	struct place place = {0};
	char least[DURATION_TEXT + 8] = "", of[COHORT_TEXT + 8] = "", text[COHORT_TEXT];

	if (!j->after.blueprints) {
		place = policysource_place(&j->after.source, p->enforce == ENFORCE_AUTOMATIC ?
			"enforce.automatic.after_release" : "enforce.minimum.deadline", NULL);
		snprintf(least, sizeof least, " (%s)", duration_format(p->notice.minimum, text));
	}
	for (unsigned i = 0; i < j->after.cohorts.count; i++) {
		const struct cohort *c = &j->after.cohorts.list[i];

		if (!moves_hurried(j->moves, c))
			continue;
		if (c->blueprint)
			snprintf(of, sizeof of, ", in %s,", cohort_text(c, text));
		message_add(&j->messages, MESSAGE_ERROR, j->after.path, c->blueprint ? c->ring->place : place,
			"%lu of %lu devices%s would get too little notice: their deadline moves to less than notice.minimum%s from "
			"now, or is new and already past", moves_hurried(j->moves, c), j->devices, of,
			least);
	}
}

static void
print_report(struct job *j, const struct arguments *a)
{
	const struct move *const *list;
	size_t n = moves_list(j->moves, &list);
	char now[INSTANT_TEXT];

	printf("%s -> %s: %lu device%s %s at %s\n", j->before.path, j->after.path, j->devices, j->devices == 1 ? "" : "s",
		a->devices ? "listed" : "imagined", instant_format(j->now, now));
	for (unsigned i = 0; i < MOVES; i++)
		printf("  %10lu %s\n", moves_count(j->moves, (enum move_kind)i), kind_words[i]);
	for (size_t i = 0; i < n && !a->list; i++)
		print_move(j, list[i]);
	if (moves_unlisted(j->moves) && !a->list)
		printf("and %lu devices that move in other ways: --list names each\n", moves_unlisted(j->moves));
}

static bool
follows_feed(const struct cohorts *all)
{
	for (unsigned i = 0; i < all->count; i++)
		for (unsigned k = 0; k < all->list[i].count; k++)
			if (all->list[i].policies[k]->enforce == ENFORCE_AUTOMATIC)
				return true;
	return false;
}

static bool
load_side(struct side *s, const char *path, struct messages *ms)
{
	s->path = path;
	if (!blueprints_are_in(path)) {
		if (!policysource_load(path, &s->source, ms))
			return false;
		cohorts_of_policy(&s->cohorts, &s->source.policy);
		return true;
	}
	s->blueprints = blueprints_load(path, ms);
	if (s->blueprints)
		cohorts_of_blueprints(&s->cohorts, s->blueprints);
	return s->blueprints;
}

static bool
refuse_input(struct job *j, const char *path, const char *text)
{
	message_add(&j->messages, MESSAGE_ERROR, path, (struct place){0}, "%s", text);
	return false;
}

static bool
load_inputs(struct job *j, char **paths, const struct arguments *a)
{
	bool good = load_side(&j->before, paths[0], &j->messages);

	good = load_side(&j->after, paths[1], &j->messages) && good;
	if (a->feed && !(j->feed = feed_load(a->feed, &j->messages)))
		return false;
	if (good && !j->feed && (follows_feed(&j->before.cohorts) || follows_feed(&j->after.cohorts)))
		return refuse_input(j, j->after.path, "an automatic policy needs the list of releases: give it with --feed");
	if (good && !a->devices && (j->before.blueprints || j->after.blueprints))
		return refuse_input(j, (j->after.blueprints ? j->after : j->before).path,
			"blueprints match devices by name: give a list of devices with --devices");
	return good;
}

static void
free_side(struct side *s)
{
	cohorts_free(&s->cohorts);
	blueprints_free(s->blueprints);
	policysource_free(&s->source);
}

static int
finish_diff(struct job *j)
{
	unsigned errors = j->messages.errors;

	message_print(&j->messages, stdout);
	moves_free(j->moves);
	free_side(&j->before);
	free_side(&j->after);
	feed_free(j->feed);
	return j->unusable ? EXIT_UNUSABLE : errors ? EXIT_DIFFERENT : EXIT_FINE;
}

static int
diff(void *arguments, unsigned count, char **operands)
{
	const struct arguments *a = arguments;
	struct job j = {.now = a->now ? a->now : clock_utc()};

	(void)count;
	j.unusable = !load_inputs(&j, operands, a);
	if (j.unusable)
		return finish_diff(&j);
	j.moves = moves_new(&j.before.cohorts, &j.after.cohorts, j.feed ? feed_of(j.feed) : NULL, j.now);
	if (a->devices)
		add_devices(&j, a);
	else
		add_samples(&j, a);
	if (!j.unusable) {
		complain_of_hurry(&j);
		print_report(&j, a);
	}
	return finish_diff(&j);
}

#define AT(member) offsetof(struct arguments, member)

static const struct option options[] = {
	{"feed", "FEED", OPTION_TEXT, AT(feed), .about = "read the list of releases from FEED"},
	{"devices", "CSV", OPTION_TEXT, AT(devices), .about = "compare for the devices listed in CSV"},
	{"list", NULL, OPTION_FLAG, AT(list), .about = "print a line for each device, too", .with = "devices"},
	{"now", "TIME", OPTION_TIME, AT(now), .about = "compare as if it were TIME"},
	{0},
};

const struct command command_diff = {
	.name = "diff", .about = "show what a change of a policy, or of blueprints, does to devices", .operands = {"OLD NEW"},
	.options = options, .size = sizeof(struct arguments), .run = diff,
};
