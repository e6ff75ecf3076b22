#include "releases.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "text/feed.h"
#include "fetch.h"
#include "platform/log.h"
#include "source.h"

#define TIMEOUT 120	/* seconds, for a whole try */
#define STALL 30

struct releases {
	struct fetch *fetch;
	struct feed_text *text;		/* NULL: none yet */
	unsigned failures;		/* in a row */
	void (*changed)(void *);
	void *context;
};

static bool
adopt(void *context, const char *body, size_t length, char reason[256])
{
	struct releases *r = context;
	struct messages messages = {0};
	struct feed_text *text = feed_decode("feed", body, length, releases_feed(r), &messages);

	if (!text) {
		snprintf(reason, 256, "%s", messages.count ? messages.list[0].text : "it cannot be read");
	} else {
		feed_free(r->text);
		r->text = text;
	}
	message_free(&messages);
	return text != NULL;
}

static void
done(void *context, enum fetch_outcome outcome, const char *detail)
{
	static const struct {
		enum log_level level;
		const char *message;
	} says[] = {
		[FETCH_ADOPTED] = {LEVEL_NOTICE, "feed adopted"},
		[FETCH_UNCHANGED] = {LEVEL_DEBUG, "feed unchanged"},
		[FETCH_REFUSED] = {LEVEL_WARNING, "feed refused, the last good one stays"},
		[FETCH_FAILED] = {LEVEL_WARNING, "feed not fetched, the last good one stays"},
	};
	struct releases *r = context;

	log_say(says[outcome].level, says[outcome].message, "feed", fetch_shown(r->fetch), "detail", detail, NULL);
	r->failures = outcome == FETCH_FAILED || outcome == FETCH_REFUSED ? r->failures + 1 : 0;
	if (outcome == FETCH_ADOPTED)
		r->changed(r->context);
}

/* A secret of the URL is in no message. */
static bool
usable(const char *source, char error[512])
{
	char reason[SOURCE_REASON];
	struct source parsed;
	bool fine = source_parse(source, &parsed, reason);

	source_free(&parsed);
	if (!fine)
		snprintf(error, 512, "the feed cannot be used: %s", reason);
	return fine;
}

struct releases *
releases_new(struct ev_loop *loop, const char *source, const char *folder, void (*changed)(void *), void *context,
	char error[512])
{
	struct releases *r;
	struct fetch_settings settings = {.url = source, .folder = folder, .name = "feed", .limit = FEED_BYTES,
		.timeout = TIMEOUT, .stall = STALL, .body = adopt, .done = done};

	if (!usable(source, error))
		return NULL;
	r = calloc(1, sizeof *r);
	snprintf(error, 512, "out of memory");
	if (!r)
		return NULL;
	r->changed = changed;
	r->context = context;
	settings.context = r;
	r->fetch = fetch_new(loop, &settings);
	if (!r->fetch) {
		free(r);
		return NULL;
	}
	fetch_stored(r->fetch);
	return r;
}

void
releases_refresh(struct releases *r)
{
	fetch_start(r->fetch);
}

double
releases_wait(const struct releases *r, double interval)
{
	unsigned random = 0;

	if (getentropy(&random, sizeof random) < 0)
		log_say(LEVEL_WARNING, "no random numbers: the fleet may come all at once", NULL);
	return fetch_wait(interval, r->failures, random);
}

const struct feed *
releases_feed(const struct releases *r)
{
	return r->text ? feed_of(r->text) : NULL;
}

void
releases_free(struct releases *r)
{
	if (!r)
		return;
	fetch_free(r->fetch);
	feed_free(r->text);
	free(r);
}
