#include "policyfiles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words/policy.h"
#include "text/file.h"
#include "text/yaml.h"
#include "platform/log.h"
#include "text/store.h"

#define PATH_SIZE 1024

struct one {
	const char *path;
	char copy[PATH_SIZE];	/* where its last good text is kept */
	bool good;
	uint64_t sum;		/* of the text that was read last, good or not; 0: it could not be read */
	struct policy_source source;
};

struct policyfiles {
	unsigned count, good;
	struct policy none;
	const struct policy **list;
	struct policy_source *sources;	/* the good ones'; the texts are the files' */
	struct one files[];
};

static const struct policy *
decode_none(struct policy *none)
{
	static const char text[] = "policy: 1\nname: none\nenforce: {do_not_manage: true}\n";
	struct messages messages = {0};

	if (!policy_decode("none", text, sizeof text - 1, none, &messages))
		memset(none, 0, sizeof *none);
	message_free(&messages);
	return none;
}

static void
complain(const struct messages *messages)
{
	char place[32];

	for (size_t i = 0; i < messages->count; i++) {
		const struct message *m = &messages->list[i];
		bool error = m->severity == MESSAGE_ERROR;

		snprintf(place, sizeof place, "%u:%u", m->place.line, m->place.column);
		log_say(error ? LEVEL_ERROR : LEVEL_WARNING, error ? "policy refused" : "policy", "file", m->file,
			"place", m->place.line ? place : NULL, "why", m->text, NULL);
	}
}

static bool
same_text(const char *a, size_t a_length, const char *b, size_t b_length)
{
	return a && a_length == b_length && memcmp(a, b, b_length) == 0;
}

static void
keep(const struct one *f, const char *text, size_t length)
{
	struct validators none = {.source = 0};
	size_t kept_length;
	char *kept = store_read(f->copy, yaml_policy_limits.bytes, &none, &kept_length);

	if (!same_text(kept, kept_length, text, length)) {
		none = (struct validators){.source = 0};
		if (!store_write(f->copy, &none, text, length))
			log_say(LEVEL_WARNING, "last good policy cannot be kept", "file", f->copy, NULL);
	}
	free(kept);
}

static bool
take(struct one *f, const char *text, size_t length, struct messages *messages)
{
	struct policy_source source;

	if (!policysource_decode(f->path, text, length, &source, messages))
		return false;
	policysource_free(&f->source);
	f->source = source;
	f->good = true;
	return true;
}

/* False: it says what it said before. */
static bool
load(struct one *f)
{
	struct messages messages = {0};
	size_t length = 0;
	char *text = file_read(f->path, yaml_policy_limits.bytes, &length, &messages);
	uint64_t sum = text ? store_sum(text, length) : 0;
	bool changed = sum != f->sum;

	f->sum = sum;
	if (changed && text && take(f, text, length, &messages))
		keep(f, text, length);
	if (changed)
		complain(&messages);
	message_free(&messages);
	free(text);
	return changed;
}

/* Its zones or this version's keys may not be what they were: a copy is checked like any text. */
static void
load_copy(struct one *f)
{
	struct messages messages = {0};
	struct validators ignored;
	size_t length = 0;
	char *text = store_read(f->copy, yaml_policy_limits.bytes, &ignored, &length);

	if (text && take(f, text, length, &messages))
		log_say(LEVEL_WARNING, "the last good policy stays", "file", f->path, "name", f->source.policy.name, NULL);
	message_free(&messages);
	free(text);
}

static void
list(struct policyfiles *p)
{
	p->good = 0;
	for (unsigned i = 0; i < p->count; i++)
		if (p->files[i].good) {
			p->sources[p->good] = p->files[i].source;
			p->list[p->good++] = &p->files[i].source.policy;
		}
	p->list[p->good] = &p->none;
}

struct policyfiles *
policyfiles_new(const char *const *paths, unsigned count, const char *folder)
{
	struct policyfiles *p = calloc(1, sizeof *p + count * sizeof *p->files);

	if (!p)
		return NULL;
	p->list = calloc(count + 1, sizeof *p->list);
	p->sources = calloc(count + 1, sizeof *p->sources);
	if (!p->list || !p->sources) {
		policyfiles_free(p);
		return NULL;
	}
	p->count = count;
	decode_none(&p->none);
	for (unsigned i = 0; i < count; i++) {
		struct one *f = &p->files[i];

		f->path = paths[i];
		f->sum = UINT64_MAX;	/* nothing was tried yet, so that a file that is not there is told, too */
		snprintf(f->copy, sizeof f->copy, "%s/policy.%016llx", folder,
			(unsigned long long)store_sum(paths[i], strlen(paths[i])));
		load(f);
		if (!f->good)
			load_copy(f);
	}
	list(p);
	return p;
}

bool
policyfiles_load(struct policyfiles *p)
{
	bool changed = false;

	for (unsigned i = 0; i < p->count; i++)
		changed |= load(&p->files[i]);
	list(p);
	return changed;
}

const struct policy *const *
policyfiles_list(const struct policyfiles *p, unsigned *count)
{
	*count = p->good + 1;
	return p->list;
}

const struct policy_source *
policyfiles_sources(const struct policyfiles *p, unsigned *count)
{
	*count = p->good;
	return p->sources;
}

void
policyfiles_free(struct policyfiles *p)
{
	if (!p)
		return;
	for (unsigned i = 0; i < p->count; i++)
		policysource_free(&p->files[i].source);
	free(p->list);
	free(p->sources);
	free(p);
}
