#include "core/version.h"
#include "words/words.h"
#include "preview.h"

static void
introduce(const struct preview *p, FILE *out)
{
	const struct requirement *r = &p->requirement;
	char version[VERSION_TEXT], target[VERSION_TEXT], date[WORDS_TEXT], download[WORDS_TEXT], install[WORDS_TEXT],
		restart[WORDS_TEXT];

	fprintf(out, "%s: what people will see, in their own time (%s).\n", p->policy->label, p->device.zone->name);
	fprintf(out, "The device runs %s %s%s.\n", p->os, version_format(p->device.version, version),
		p->pretends ? " (an example: below what is required)" : "");
	fprintf(out, "Required: %s by %s. To be installed: %s.\n", version_format(r->version, version),
		words_moment(r->deadline, p->device.zone, date), version_format(r->target, target));
	fprintf(out, "Assumed: awake and logged in all the time; %s to download, %s to install, %s to restart.\n",
		words_span(PREVIEW_DOWNLOAD, download), words_span(PREVIEW_INSTALL, install),
		words_span(PREVIEW_RESTART, restart));
}

static void
tell(const struct preview *p, enum person person, FILE *out)
{
	const struct life *life = &p->lives[person];
	char date[WORDS_TEXT], pad[16];

	fprintf(out, "\n%s\n%s\n", person_about[person].who, person_about[person].does);
	for (size_t i = 0; i < life->count; i++) {
		const struct moment *m = &life->moments[i];

		snprintf(pad, sizeof pad, "%*s", 11 - grid_columns(m->who), "");
		fprintf(out, "%-16s  %s%s%s\n", words_date(m->at, p->device.zone, date), m->who, pad, m->said);
	}
	if (life->cut)
		fprintf(out, "… and so on: more than %d such lines\n", MOMENTS_MAX);
	else if (!life->verified)
		fprintf(out, "… and the update is not installed by %s\n", words_date(life->ends, p->device.zone, date));
}

void
preview_text(const struct preview *p, FILE *out)
{
	introduce(p, out);
	for (unsigned i = 0; i < PERSONS; i++)
		tell(p, (enum person)i, out);
}
