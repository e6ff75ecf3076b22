#include "source.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "text/file.h"
#include "text/memory.h"
#include "words/policy.h"

/* --- the text --- */

#define TRACE_BYTES_MAX ((size_t)256 << 20)

static char *
read_stdin(size_t *length, struct messages *messages)
{
	struct buffer b = {0};
	char bytes[65536];
	size_t got;

	while ((got = fread(bytes, 1, sizeof bytes, stdin)) > 0 && b.length <= TRACE_BYTES_MAX)
		buffer_add(&b, bytes, got);
	*length = b.length;
	buffer_add(&b, "", 1);
	if (!ferror(stdin) && *length <= TRACE_BYTES_MAX)
		return b.bytes;
	message_add(messages, MESSAGE_ERROR, "-", (struct place){0, 0}, "%s",
		ferror(stdin) ? strerror(errno) : "larger than 256 MB");
	buffer_free(&b);
	return NULL;
}

char *
source_read(const char *name, size_t *length, struct messages *messages)
{
	return strcmp(name, "-") ? file_read(name, TRACE_BYTES_MAX, length, messages) : read_stdin(length, messages);
}

/* --- the settings --- */

void
source_defaults(struct settings *settings)
{
	static const char text[] = "policy: 1\nname: defaults\nplatform: macos\nenforce: {do_not_manage: true}\n";
	struct messages messages = {0};
	struct policy policy;
	bool good = policy_decode("defaults", text, sizeof text - 1, &policy, &messages);

	assert(good);
	policy_settings(&policy, settings);
	message_free(&messages);
}

static const char *
read_policy(const char *trace, const char *name, struct settings *settings, struct messages *messages)
{
	const char *slash = strrchr(trace, '/');
	int folder = slash && name[0] != '/' ? (int)(slash + 1 - trace) : 0;
	char path[4096];
	struct policy policy;

	if (snprintf(path, sizeof path, "%.*s%s", folder, trace, name) >= (int)sizeof path)
		return "this path is too long";
	if (!policy_load(path, &policy, messages))
		return "this policy cannot be used";
	policy_settings(&policy, settings);
	return NULL;
}

const char *
source_settings(const char *trace, const struct trace_header *h, struct settings *settings, struct messages *messages)
{
	const char *wrong;

	if (trace_copy_settings(h, settings) || h->policy[0] == '\0')
		return NULL;
	wrong = read_policy(trace, h->policy, settings, messages);
	trace_copy_settings(h, settings);
	return wrong;
}
