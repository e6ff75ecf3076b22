#include "settings.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "words/policy.h"

void
replay_settings_default(struct settings *settings)
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
take_policy(const char *trace, const char *name, struct settings *settings, struct messages *messages)
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
replay_settings(const char *trace, const struct trace_header *h, struct settings *settings, struct messages *messages)
{
	const char *wrong;

	if (trace_settle(h, settings) || h->policy[0] == '\0')
		return NULL;
	wrong = take_policy(trace, h->policy, settings, messages);
	trace_settle(h, settings);
	return wrong;
}
