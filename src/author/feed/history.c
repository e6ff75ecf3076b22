#include "history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "text/instant.h"
#include "words/words.h"
#include "track.h"

struct history {
	const struct zone *zone;
	struct track ours, trusting;	/* trusting: what would become of a device without the rules of adoption */
	unsigned adopted, refused, caught;
	unsigned changes[CHANGES];	/* of ours */
};

static void
print_asked(const struct asked *a, const struct zone *zone)
{
	char version[VERSION_TEXT], moment[WORDS_TEXT];

	if (a->required)
		printf("%s by %s", version_format(a->version, version), words_moment(a->deadline, zone, moment));
	else
		fputs("nothing", stdout);
}

static void
print_change(const char *who, const struct track *t, enum change c, const struct zone *zone)
{
	char moment[WORDS_TEXT];

	printf("  %s%s: ", who, change_words[c]);
	if (c != CHANGE_APPEARED) {
		print_asked(&t->was, zone);
		fputs(" -> ", stdout);
	}
	print_asked(&t->is, zone);
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

/* What both devices make of the moment. refusal: why ours did not adopt the feed that came; else NULL. */
static void
look(struct history *h, int64_t at, const char *name, const struct messages *refusal)
{
	enum change ours = track_look(&h->ours, at), other = track_look(&h->trusting, at);
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
		puts("  followed, it would have changed nothing");
	else if (refusal && ours == CHANGE_NONE)
		print_change("followed, it would have ", &h->trusting, other, h->zone);
}

/* A release may come to count because its day has come. */
static void
live_until(struct history *h, int64_t at)
{
	int64_t now = h->ours.player.at;

	for (int64_t day = now - now % DAY_MS + DAY_MS; day < at; day += DAY_MS)
		look(h, day, "(a new day)", NULL);
}

static bool
live_through(struct history *h, const struct edition *e, struct messages *ms)
{
	struct messages reasons = {0}, ignored = {0};
	size_t length;
	char *bytes = edition_read(e, &length, ms);
	bool adopted;

	if (!bytes)
		return false;
	live_until(h, e->at);
	adopted = track_offer(&h->ours, e->name, bytes, length, &reasons);
	track_offer(&h->trusting, e->name, bytes, length, &ignored);
	*(adopted ? &h->adopted : &h->refused) += 1;
	look(h, e->at, e->name, adopted ? NULL : &reasons);
	message_free(&reasons);
	message_free(&ignored);
	free(bytes);
	return true;
}

static unsigned
conclude(const struct history *h)
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

/* One feed's history, from first on; how many editions that is. */
static size_t
run_one(const struct editions *e, size_t first, const struct policy *policy, const struct device *device, int *wrong,
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
		good = live_through(&h, &list[n], ms) && good;
	*wrong = !good ? -1 : *wrong < 0 ? *wrong : *wrong + (int)conclude(&h);
	track_end(&h.ours);
	track_end(&h.trusting);
	return n;
}

int
history_run(const struct editions *e, const struct policy *policy, const struct device *device, struct messages *ms)
{
	int wrong = 0;

	for (size_t i = 0; i < e->count;)
		i += run_one(e, i, policy, device, &wrong, ms);
	return wrong;
}
