#include "documents.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "platform/log.h"
#include "text/feed/feed.h"
#include "text/file.h"
#include "text/store.h"
#include "text/yaml.h"
#include "fetch.h"
#include "transfer.h"

#define PATH_SIZE 1024
#define TIMEOUT 120	/* seconds, for one fetch of the feed */
#define STALL 30

struct policy_file {
	const char *path;
	char copy[PATH_SIZE];	/* path of its last good text */
	bool good;
	uint64_t sum;		/* checksum of the text last read, good or not; 0: it could not be read */
	struct policy_source source;
};

struct documents {
	struct documents_settings settings;
	struct fetch *fetch;		/* NULL: no feed */
	struct feed_text *feed;		/* NULL: none yet */
	unsigned failures;		/* to fetch the feed, in a row */
	unsigned good;			/* number of good policies */
	struct policy none;		/* enforces nothing; has the defaults */
	const struct policy **list;	/* the good ones, then none */
	struct policy_source *sources;	/* the good ones, borrowing their texts */
	unsigned count;
	struct policy_file files[];
};

/* --- policies --- */

static void
decode_empty_policy(struct policy *none)
{
	static const char text[] = "policy: 1\nname: none\nenforce: {do_not_manage: true}\n";
	struct messages messages = {0};

	if (!policy_decode("none", text, sizeof text - 1, none, &messages))
		memset(none, 0, sizeof *none);
	message_free(&messages);
}

static void
log_messages(const struct messages *messages)
{
	const char *event;
	char place[32];

	for (size_t i = 0; i < messages->count; i++) {
		const struct message *m = &messages->list[i];
		bool error = m->severity == MESSAGE_ERROR;

		event = m->code == CODE_FILE ? "cannot read policy" : error ? "policy refused" : "policy warning";
		snprintf(place, sizeof place, "%u:%u", m->place.line, m->place.column);
		log_say(error ? LEVEL_ERROR : LEVEL_WARNING, event, "file", m->file, "place", m->place.line ? place : NULL,
			"why", m->text, NULL);
	}
}

static bool
same_text(const char *a, size_t a_length, const char *b, size_t b_length)
{
	return a && a_length == b_length && memcmp(a, b, b_length) == 0;
}

static void
keep_copy(const struct policy_file *f, const char *text, size_t length)
{
	struct validators none = {.source = 0};
	size_t kept_length;
	char *kept = store_read(f->copy, yaml_policy_limits.bytes, &none, &kept_length);

	if (!same_text(kept, kept_length, text, length)) {
		none = (struct validators){.source = 0};
		if (!store_write(f->copy, &none, text, length))
			log_say(LEVEL_WARNING, "cannot save last good policy", "file", f->copy, NULL);
	}
	free(kept);
}

static bool
adopt_policy(struct policy_file *f, const char *text, size_t length, struct messages *messages)
{
	struct policy_source source;

	if (!policysource_decode(f->path, text, length, &source, messages))
		return false;
	policysource_free(&f->source);
	f->source = source;
	f->good = true;
	return true;
}

/* Returns false if the file has not changed. */
static bool
load_policy(struct policy_file *f)
{
	struct messages messages = {0};
	size_t length = 0;
	char *text = file_read(f->path, yaml_policy_limits.bytes, &length, &messages);
	uint64_t sum = text ? store_sum(text, length) : 0;
	bool changed = sum != f->sum;

	f->sum = sum;
	if (changed && text && adopt_policy(f, text, length, &messages))
		keep_copy(f, text, length);
	if (changed)
		log_messages(&messages);
	message_free(&messages);
	free(text);
	return changed;
}

/* Checks the copy again: the time zones of this device, or the keys that this version knows, may have changed. */
static void
load_copy(struct policy_file *f)
{
	struct messages messages = {0};
	struct validators ignored;
	size_t length = 0;
	char *text = store_read(f->copy, yaml_policy_limits.bytes, &ignored, &length);

	if (text && adopt_policy(f, text, length, &messages))
		log_say(LEVEL_WARNING, "using last good policy", "file", f->path, "name", f->source.policy.name, NULL);
	message_free(&messages);
	free(text);
}

static void
list_policies(struct documents *d)
{
	d->good = 0;
	for (unsigned i = 0; i < d->count; i++)
		if (d->files[i].good) {
			d->sources[d->good] = d->files[i].source;
			d->list[d->good++] = &d->files[i].source.policy;
		}
	d->list[d->good] = &d->none;
}

static void
open_policy(struct policy_file *f, const char *path, const char *folder)
{
	f->path = path;
	f->sum = UINT64_MAX;	/* not the checksum of any text, so that a missing file is logged, too */
	snprintf(f->copy, sizeof f->copy, "%s/policy.%016llx", folder, (unsigned long long)store_sum(path, strlen(path)));
	load_policy(f);
	if (!f->good)
		load_copy(f);
}

bool
documents_load_policies(struct documents *d)
{
	bool changed = false;

	for (unsigned i = 0; i < d->count; i++)
		changed |= load_policy(&d->files[i]);
	list_policies(d);
	return changed;
}

const struct policy *const *
documents_policies(const struct documents *d, unsigned *count)
{
	*count = d->good + 1;
	return d->list;
}

const struct policy_source *
documents_policy_sources(const struct documents *d, unsigned *count)
{
	*count = d->good;
	return d->sources;
}

/* --- the feed --- */

static bool
adopt_feed(void *context, const char *body, size_t length, char reason[256])
{
	struct documents *d = context;
	struct messages messages = {0};
	struct feed_text *text = feed_decode("feed", body, length, documents_feed(d), &messages);

	if (!text) {
		snprintf(reason, 256, "%s", messages.count ? messages.list[0].text : "not a feed");
	} else {
		feed_free(d->feed);
		d->feed = text;
	}
	message_free(&messages);
	return text != NULL;
}

static void
on_feed_fetched(void *context, enum fetch_outcome outcome, const char *detail)
{
	static const struct {
		enum log_level level;
		const char *message;
	} messages[] = {
		[FETCH_ADOPTED] = {LEVEL_NOTICE, "feed adopted"},
		[FETCH_UNCHANGED] = {LEVEL_DEBUG, "feed unchanged"},
		[FETCH_REFUSED] = {LEVEL_WARNING, "feed refused, using last good feed"},
		[FETCH_FAILED] = {LEVEL_WARNING, "cannot fetch feed, using last good feed"},
	};
	struct documents *d = context;

	log_say(messages[outcome].level, messages[outcome].message, "feed", fetch_shown(d->fetch), "detail", detail, NULL);
	d->failures = outcome == FETCH_FAILED || outcome == FETCH_REFUSED ? d->failures + 1 : 0;
	if (outcome == FETCH_ADOPTED)
		d->settings.feed_changed(d->settings.context);
}

/* The error shows no password or token of the URL. */
static bool
check_feed_source(const char *source, char error[512])
{
	char reason[LOCATION_REASON];
	struct location parsed;
	bool fine = location_parse(source, &parsed, reason);

	location_free(&parsed);
	if (!fine)
		snprintf(error, 512, "cannot use the feed: %s", reason);
	return fine;
}

static bool
open_feed(struct documents *d, struct ev_loop *loop, char error[512])
{
	const struct documents_settings *s = &d->settings;
	struct fetch_settings settings = {.url = s->feed, .folder = s->folder, .name = "feed", .limit = FEED_BYTES,
		.timeout = TIMEOUT, .stall = STALL, .body = adopt_feed, .done = on_feed_fetched, .context = d};

	if (!check_feed_source(s->feed, error))
		return false;
	d->fetch = fetch_new(loop, &settings);
	fetch_stored(d->fetch);
	return true;
}

void
documents_refresh_feed(struct documents *d)
{
	if (d->fetch)
		fetch_start(d->fetch);
}

double
documents_wait(const struct documents *d, double interval)
{
	unsigned random = 0;

	if (!d->fetch)
		return interval;
	if (getentropy(&random, sizeof random) < 0)
		log_say(LEVEL_WARNING, "no random numbers: devices may fetch the feed all at once", NULL);
	return fetch_wait(interval, d->failures, random);
}

const struct feed *
documents_feed(const struct documents *d)
{
	return d->feed ? feed_of(d->feed) : NULL;
}

/* --- policies and feed --- */

struct documents *
documents_new(struct ev_loop *loop, const struct documents_settings *settings, char error[512])
{
	unsigned count = settings->policy_count;
	struct documents *d = calloc(1, sizeof *d + count * sizeof *d->files);

	snprintf(error, 512, "out of memory");
	if (!d)
		return NULL;
	d->settings = *settings;
	d->list = calloc(count + 1, sizeof *d->list);
	d->sources = calloc(count + 1, sizeof *d->sources);
	if (!d->list || !d->sources || (settings->feed && !open_feed(d, loop, error))) {
		documents_free(d);
		return NULL;
	}
	d->count = count;
	decode_empty_policy(&d->none);
	for (unsigned i = 0; i < count; i++)
		open_policy(&d->files[i], settings->policies[i], settings->folder);
	list_policies(d);
	return d;
}

void
documents_free(struct documents *d)
{
	if (!d)
		return;
	fetch_free(d->fetch);
	feed_free(d->feed);
	for (unsigned i = 0; i < d->count; i++)
		policysource_free(&d->files[i].source);
	free(d->list);
	free(d->sources);
	free(d);
}
