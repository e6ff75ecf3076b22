#include "names.h"

#include <assert.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"

struct kept {
	struct kept *next;
	size_t used, size;
	max_align_t bytes[];
};

static struct kept *all_kept;

enum { KEPT = 64 * 1024 };

void *
keep(size_t size)
{
	char *at;

	size = (size + sizeof(max_align_t)) / sizeof(max_align_t) * sizeof(max_align_t);
	if (!all_kept || all_kept->size - all_kept->used < size) {
		size_t room = size > KEPT ? size : KEPT;
		struct kept *k = memory_resize(NULL, sizeof(*k) + room);

		*k = (struct kept){all_kept, 0, room};
		all_kept = k;
	}
	at = (char *)all_kept->bytes + all_kept->used;
	all_kept->used += size;
	return memset(at, 0, size);
}

char *
keep_copy(const char *text, size_t length)
{
	return memcpy(keep(length + 1), text, length);
}

char *
keep_arguments(const char *format, va_list args)
{
	va_list again;
	int length;
	char *text;

	assert(format);
	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	text = keep((size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, args);
	return text;
}

char *
keep_format(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = keep_arguments(format, args);
	va_end(args);
	return text;
}

char *
keep_c_name(const char *name)
{
	char *c_name = keep_copy(name, strlen(name));

	for (char *c = c_name; *c; c++)
		if (*c == '-' || *c == '.')
			*c = '_';
	return c_name;
}

char *
keep_upper(const char *name)
{
	char *upper = keep_c_name(name);

	for (char *c = upper; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return upper;
}

static size_t
hash(const char *name)
{
	uint64_t h = 0xcbf29ce484222325;

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * 0x100000001b3;
	return (size_t)(h ^ h >> 32);
}

/* Returns the bucket of the name, or the empty one where it belongs. */
static size_t *
bucket_of(const struct names *ns, const char *name)
{
	size_t at = hash(name) & (ns->buckets - 1);

	while (ns->bucket[at] && strcmp(ns->name[ns->bucket[at] - 1], name) != 0)
		at = (at + 1) & (ns->buckets - 1);
	return &ns->bucket[at];
}

static void
grow(struct names *ns)
{
	size_t room = ns->room ? 2 * ns->room : 8;
	const char **name = keep((room + 1) * sizeof(*name));
	void **value = keep(room * sizeof(*value));

	if (ns->count) {
		memcpy(name, ns->name, ns->count * sizeof(*name));
		memcpy(value, ns->value, ns->count * sizeof(*value));
	}
	ns->name = name;
	ns->value = value;
	ns->room = room;
	ns->buckets = 2 * room;
	ns->bucket = keep(ns->buckets * sizeof(*ns->bucket));
	for (size_t i = 0; i < ns->count; i++) {
		size_t *bucket = bucket_of(ns, name[i]);

		if (!*bucket)
			*bucket = i + 1;
	}
}

void
names_add(struct names *ns, const char *name, void *value)
{
	size_t *bucket;

	if (ns->count == ns->room)
		grow(ns);
	bucket = bucket_of(ns, name);
	ns->name[ns->count] = name;
	ns->value[ns->count++] = value;
	if (!*bucket)
		*bucket = ns->count;
}

void *
names_find(const struct names *ns, const char *name)
{
	size_t found = ns->count ? *bucket_of(ns, name) : 0;

	return found ? ns->value[found - 1] : NULL;
}

const char *
names_hint(const struct names *ns, const char *name)
{
	const char *near = ns->count ? message_near(name, ns->name) : NULL;

	return near ? keep_format(" (did you mean \"%s\"?)", near) : "";
}
