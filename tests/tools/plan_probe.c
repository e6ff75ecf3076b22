/* plan_probe - reads a story about requirements, and prints it with this plan's answers.
 *
 *	policy NAME nothing
 *	policy NAME automatic after DAYS at HH:MM in ZONE [upgrades] [supplements] [exploited DAYS]
 *	policy NAME minimum VERSION by YYYY-MM-DD HH:MM in ZONE
 *	    any of them, at its end: [required] (install.target), [notice HOURS] (notice.minimum), [linux]
 *	release VERSION YYYY-MM-DD [exploited] [for BOARD-OR-MODEL...]
 *	device VERSION in ZONE [model M] [board B] [linux]
 *	seen VERSION YYYY-MM-DD HH:MM		when the device first saw it listed as exploited
 *	held POLICY VERSION			the version that the policy last required of it
 *	now YYYY-MM-DD HH:MM [UTC]
 *		an answer: replaced by ours
 *
 * A later policy replaces an earlier one of the same name; a later device replaces the device. ZONE may be `device` in a policy. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/plan.h"
#include "text/zone.h"
#include "core/version.h"

enum { LINES = 400, LINE = 200, WORDS = 24 };

static struct {
	struct policy policies[8];
	struct release releases[100];
	const char *devices[100][WORDS];
	unsigned policy_count;
	uint32_t release_count;
	struct sighting seen[8];
	struct held held;
	struct device device;
} world;

static char lines[LINES][LINE];
static unsigned line;
static const char *word[WORDS + 1];	/* of the current line, then NULL */
static unsigned next;

static void
unusable(const char *what)
{
	fprintf(stderr, "line %u: expected %s, found \"%s\"\n", line, what, word[next] ? word[next] : "");
	exit(2);
}

static bool
at(const char *expected)
{
	if (!word[next] || strcmp(word[next], expected) != 0)
		return false;
	next++;
	return true;
}

static void
expect(const char *expected)
{
	if (!at(expected))
		unusable(expected);
}

static const char *
any(const char *what)
{
	if (!word[next])
		unusable(what);
	return word[next++];
}

/* A version such as 13.4.1 (a) is two words. */
static int64_t
version(void)
{
	char text[VERSION_TEXT];
	const char *first = any("a version");
	int64_t v;

	snprintf(text, sizeof text, "%s", first);
	if (word[next] && word[next][0] == '(')
		snprintf(text, sizeof text, "%.20s %.8s", first, word[next++]);
	if (!version_parse(text, &v))
		unusable("a version");
	return v;
}

static struct civil
date(void)
{
	struct civil c = {0};

	if (sscanf(any("a date"), "%d-%d-%d", &c.year, &c.month, &c.day) != 3 || !calendar_valid(&c))
		unusable("a date");
	return c;
}

static void
clock_time(struct civil *c)
{
	if (sscanf(any("a time"), "%d:%d", &c->hour, &c->minute) != 2)
		unusable("a time");
}

static const struct zone *
zone(void)
{
	const char *why, *name = any("a zone");
	const struct zone *z = strcmp(name, "device") == 0 ? NULL : zone_load(name, &why);

	if (!z && strcmp(name, "device") != 0)
		unusable("a zone");
	return z;
}

static struct policy *
policy_named(const char *name)
{
	unsigned i = 0;

	while (i < world.policy_count && strcmp(world.policies[i].name, name) != 0)
		i++;
	if (i == world.policy_count)
		world.policy_count++;
	assert(i < 8);
	world.policies[i] = (struct policy){.platform = PLATFORM_MACOS};
	snprintf(world.policies[i].name, sizeof world.policies[i].name, "%s", name);
	return &world.policies[i];
}

static void
automatic(struct policy *p)
{
	struct civil c = {0};

	p->enforce = ENFORCE_AUTOMATIC;
	expect("after");
	p->automatic.after_release = strtoll(any("days"), NULL, 10) * DAY_MS;
	expect("at");
	clock_time(&c);
	p->automatic.at = c.hour * HOUR_MS + c.minute * MINUTE_MS;
	expect("in");
	p->automatic.zone = zone();
	p->automatic.upgrades = at("upgrades");
	p->automatic.supplements = at("supplements");
	if (at("exploited"))
		p->automatic.exploited = strtoll(any("days"), NULL, 10) * DAY_MS;
}

static void
minimum(struct policy *p)
{
	p->enforce = ENFORCE_MINIMUM;
	p->minimum.version = version();
	expect("by");
	p->minimum.deadline = date();
	clock_time(&p->minimum.deadline);
	expect("in");
	p->minimum.zone = zone();
}

static void
read_policy(void)
{
	struct policy *p = policy_named(any("a name"));

	if (at("automatic"))
		automatic(p);
	else if (at("minimum"))
		minimum(p);
	else
		expect("nothing");
	if (at("required"))
		p->install.target = TARGET_REQUIRED;
	if (at("notice"))
		p->notice.minimum = strtoll(any("hours"), NULL, 10) * HOUR_MS;
	if (at("linux"))
		p->platform = PLATFORM_LINUX;
}

static void
read_release(void)
{
	struct release *r = &world.releases[world.release_count];
	const char **devices = world.devices[world.release_count++];
	struct civil c;

	assert(world.release_count <= 100);
	r->version = version();
	c = date();
	r->day = (int32_t)calendar_days(c.year, c.month, c.day);
	r->devices = devices;
	r->exploited = at("exploited");
	if (at("for"))
		while (word[next])
			devices[r->device_count++] = word[next++];
}

static void
read_device(void)
{
	world.device = (struct device){.version = version(), .seen = world.seen};
	expect("in");
	world.device.zone = zone();
	if (at("model"))
		world.device.model = any("a model");
	if (at("board"))
		world.device.board = any("a board");
	if (at("linux"))
		world.device.platform = PLATFORM_LINUX;
}

static void
read_seen(void)
{
	struct sighting *s = &world.seen[world.device.seen_count++];
	struct civil c;

	assert(world.device.seen_count <= 8);
	s->version = version();
	c = date();
	clock_time(&c);
	at("UTC");
	calendar_instant(&c, &calendar_utc, &s->at);
}

static void
read_held(void)
{
	snprintf(world.held.policy, sizeof world.held.policy, "%s", any("a policy's name"));
	world.held.version = version();
	world.device.held = &world.held;
}

static void
show(bool required, const struct requirement *r)
{
	char floor[VERSION_TEXT], target[VERSION_TEXT], release[VERSION_TEXT];
	struct civil c;

	if (!required) {
		puts("\tnothing");
		return;
	}
	calendar_local(r->deadline, &calendar_utc, &c, NULL, NULL);
	printf("\t%s by %04d-%02d-%02d %02d:%02d UTC, installing %s (%s", version_format(r->version, floor), c.year,
		c.month, c.day, c.hour, c.minute, version_format(r->target, target), r->policy->name);
	if (r->release)
		printf(", from %s%s", version_format(r->release->version, release), r->exploited ? ", exploited" : "");
	puts(")");
}

static void
answer(void)
{
	const struct policy *policies[8];
	const struct feed feed = {.releases = world.releases, .count = world.release_count};
	struct requirement r;
	struct civil c = date();
	int64_t now;

	clock_time(&c);
	at("UTC");
	calendar_instant(&c, &calendar_utc, &now);
	for (unsigned i = 0; i < world.policy_count; i++)
		policies[i] = &world.policies[i];
	if (!world.device.zone)
		unusable("a device, with a zone, before this");
	show(plan_requirement(policies, world.policy_count, feed.count ? &feed : NULL, &world.device, now, &r), &r);
}

static const struct {
	const char *name;
	void (*read)(void);
} directives[] = {{"policy", read_policy}, {"release", read_release}, {"device", read_device},
	{"seen", read_seen}, {"held", read_held}, {"now", answer}};

static void
read_line(char *text)
{
	unsigned count = 0;
	size_t i = 0;

	for (char *w = strtok(text, " \n"); w && count < WORDS; w = strtok(NULL, " \n"))
		word[count++] = w;
	word[count] = NULL;
	next = 0;
	if (!count || word[0][0] == '#')
		return;
	while (i < sizeof directives / sizeof *directives && !at(directives[i].name))
		i++;
	if (i == sizeof directives / sizeof *directives)
		unusable("policy, release, device, seen, held or now");
	directives[i].read();
	if (word[next])
		unusable("the end of the line");
}

int
main(void)
{
	while (line < LINES && fgets(lines[line], LINE, stdin)) {
		char *text = lines[line++];

		if (*text == '\t')
			continue;
		fputs(text, stdout);
		read_line(text);
	}
	zones_free();
	return 0;
}
