#include "fetch.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/file.h"
#include "text/memory.h"
#include "text/store.h"
#include "transfer.h"

struct fetch {
	struct ev_loop *loop;
	struct fetch_settings settings;
	struct location location;
	char reason[LOCATION_REASON];	/* why the URL cannot be used; "": it can */
	bool adopted;			/* a body was adopted: the next three describe it */
	struct validators known;
	uint64_t sum;
	size_t length;
	struct transfer *transfer;	/* the try under way over HTTP; NULL: none */
	ev_timer soon;			/* the try under way of a file, or of an unusable URL */
};

/* Ends a try. done() may free the fetch, so this comes last, and detail must not point into the fetch. */
static void
finish_try(struct fetch *f, enum fetch_outcome outcome, const char *detail)
{
	transfer_free(f->transfer);
	f->transfer = NULL;
	f->settings.done(f->settings.context, outcome, detail);
}

static bool
store_path(const struct fetch *f, char path[PATH_MAX])
{
	const struct fetch_settings *s = &f->settings;

	return s->folder && snprintf(path, PATH_MAX, "%s/%s", s->folder, s->name) < PATH_MAX;
}

static void
set_known(struct fetch *f, const struct validators *v, const char *body, size_t length)
{
	f->adopted = true;
	f->known = *v;
	f->sum = store_sum(body, length);
	f->length = length;
}

/* Handles a complete body: the caller decides whether to adopt a new one, and only then it is stored. One that cannot
 * be stored is fetched again after a restart. */
static void
consider_body(struct fetch *f, const struct validators *v, const char *body, size_t length)
{
	char detail[256] = "refused", path[PATH_MAX];
	bool same = f->adopted && length == f->length && store_sum(body, length) == f->sum;

	if (!same && !f->settings.body(f->settings.context, body, length, detail)) {
		finish_try(f, FETCH_REFUSED, detail);
		return;
	}
	snprintf(detail, sizeof detail, "%zu bytes", length);
	if ((!same || memcmp(v, &f->known, sizeof *v)) && store_path(f, path) && !store_write(path, v, body, length))
		snprintf(detail, sizeof detail, "%zu bytes, cannot be stored: %s", length, strerror(errno));
	set_known(f, v, body, length);
	finish_try(f, same ? FETCH_UNCHANGED : FETCH_ADOPTED, detail);
}

static void
on_transferred(void *context, const struct transfer_result *r)
{
	struct fetch *f = context;
	struct validators v = r->validators;
	char detail[TRANSFER_REASON];

	v.source = f->known.source;
	if (r->error[0]) {
		memcpy(detail, r->error, sizeof detail);
		finish_try(f, FETCH_FAILED, detail);
	} else if (r->unchanged) {
		finish_try(f, FETCH_UNCHANGED, "not modified");
	} else {
		consider_body(f, &v, r->body, r->length);
	}
}

static void
read_file(struct fetch *f)
{
	struct messages complaints = {0};
	struct validators v = {.source = f->known.source};
	size_t length;
	char *body = file_read(f->location.path, f->settings.limit, &length, &complaints), detail[256] = "unreadable";

	if (complaints.count)
		snprintf(detail, sizeof detail, "%s", complaints.list[0].text);
	message_free(&complaints);
	if (body)
		consider_body(f, &v, body, length);
	else
		finish_try(f, FETCH_FAILED, detail);
	free(body);
}

static void
on_soon(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct fetch *f = timer->data;
	char detail[LOCATION_REASON];

	(void)loop, (void)events;
	memcpy(detail, f->reason, sizeof detail);
	if (detail[0])
		finish_try(f, FETCH_FAILED, detail);
	else
		read_file(f);
}

struct fetch *
fetch_new(struct ev_loop *loop, const struct fetch_settings *settings)
{
	struct fetch *f = memory_resize(NULL, sizeof *f);

	*f = (struct fetch){.loop = loop, .settings = *settings};
	if (location_parse(settings->url, &f->location, f->reason))
		f->reason[0] = '\0';
	f->known.source = store_sum(settings->url, strlen(settings->url));
	ev_timer_init(&f->soon, on_soon, 0., 0.);
	f->soon.data = f;
	return f;
}

bool
fetch_stored(struct fetch *f)
{
	struct validators v;
	char path[PATH_MAX], reason[256], *body;
	size_t length;

	if (!store_path(f, path) || !(body = store_read(path, f->settings.limit, &v, &length)))
		return false;
	/* Keep validators only of an adopted body, or a 304 would confirm a body that we do not have. */
	if (v.source == f->known.source && f->settings.body(f->settings.context, body, length, reason))
		set_known(f, &v, body, length);
	free(body);
	return f->adopted;
}

void
fetch_start(struct fetch *f)
{
	if (f->transfer || ev_is_active(&f->soon))
		return;
	if (!f->reason[0] && !f->location.path)
		f->transfer = transfer_new(f->loop, &f->settings, &f->known, on_transferred, f);
	else
		ev_timer_start(f->loop, &f->soon);
}

const char *
fetch_shown(const struct fetch *f)
{
	return f->location.shown ? f->location.shown : "?";
}

void
fetch_free(struct fetch *f)
{
	if (!f)
		return;
	transfer_free(f->transfer);
	ev_timer_stop(f->loop, &f->soon);
	location_free(&f->location);
	free(f);
}

double
fetch_wait(double interval, unsigned failures, unsigned random)
{
	double spread = (double)(random & 0xffff) / 0x10000;	/* 0 up to 1 */

	if (!failures)
		return interval * (.9 + .2 * spread);
	return fmin(interval, 60. * (double)(1U << (failures < 12 ? failures - 1 : 11)) * (1. + spread));
}
