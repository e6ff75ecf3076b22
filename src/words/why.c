#include "why.h"

#include "core/version.h"
#include "text/instant.h"

/* Returns the most specific reason why nothing is required. */
static const char *
reason_none_required(const struct why *w)
{
	bool here = false, managed = false, blind = false;

	for (unsigned i = 0; i < w->count; i++) {
		const struct policy *p = &w->sources[i].policy;
		bool asks = p->platform == w->device.platform && p->enforce != ENFORCE_NOTHING;

		here |= p->platform == w->device.platform;
		managed |= asks;
		blind |= asks && p->enforce == ENFORCE_AUTOMATIC && !w->feed;
	}
	return w->outlook.unsupported ? "cannot-run" : blind ? "no-feed" : managed ? "up-to-date" :
		here || !w->count ? "not-managed" : "other-platform";
}

static const char *
find_reason(const struct why *w)
{
	if (!w->outlook.required)
		return reason_none_required(w);
	return !w->outlook.requirement.release ? "below-minimum" : w->outlook.requirement.exploited ? "release-exploited" :
		"release-due";
}

static json_t *
version_json(int64_t version)
{
	char text[VERSION_TEXT];

	return version ? json_string(version_format(version, text)) : json_null();
}

static json_t *
instant_json(bool known, int64_t at)
{
	char text[INSTANT_TEXT];

	return known ? json_string(instant_format(at, text)) : json_null();
}

json_t *
why_explain(const struct why *w)
{
	const struct outlook *o = &w->outlook;
	const struct policy_source *source = why_source(w);
	json_t *told = json_object();

	json_object_set_new(told, "requirement", json_string(o->required ? "update" : "none"));
	json_object_set_new(told, "reason", json_string(find_reason(w)));
	json_object_set_new(told, "installed", version_json(w->device.version));
	json_object_set_new(told, "required", version_json(o->required ? o->requirement.version : 0));
	json_object_set_new(told, "target", version_json(o->required ? o->requirement.target : 0));
	json_object_set_new(told, "deadline", instant_json(o->required, o->deadline));
	json_object_set_new(told, "notice_opens", instant_json(o->required, o->opens));
	json_object_set_new(told, "state", json_string(machine_state[o->state].path));
	json_object_set_new(told, "policy", source ? json_string(source->policy.name) : json_null());
	json_object_set_new(told, "chain", why_chain(w));
	return told;
}

void
why_print(const json_t *told, FILE *out)
{
	const json_t *step;
	size_t i;

	json_array_foreach(json_object_get(told, "chain"), i, step) {
		if (i > 0)
			fprintf(out, "%2zu. ", i);
		fprintf(out, "%s\n", json_string_value(step));
	}
}
