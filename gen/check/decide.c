/* Decides which branch of a handler each combination of guards takes. */
#include "passes.h"

#include <string.h>

static bool
holds(const struct when *w, const struct handler *h, unsigned truth)
{
	switch (w->kind) {
	case WHEN_AND:
		return holds(w->left, h, truth) && holds(w->right, h, truth);
	case WHEN_OR:
		return holds(w->left, h, truth) || holds(w->right, h, truth);
	case WHEN_NOT:
		return !holds(w->left, h, truth);
	case WHEN_GUARD:
		break;
	}
	for (unsigned i = 0; i < h->guard_count; i++)
		if (h->guards[i] == w->guard)
			return truth >> i & 1;
	return false;
}

/* "obsolete and not distant" */
static const char *
combination(const struct handler *h, unsigned truth)
{
	const char *text = "";

	for (unsigned i = 0; i < h->guard_count; i++)
		text = keep_format("%s%s%s%s", text, i ? " and " : "", truth >> i & 1 ? "" : "not ", h->guards[i]->name);
	return text;
}

static const char *
occasion(const struct machine *m, const struct handler *h)
{
	if (h == h->state->choice)
		return keep_format("choice \"%s\"", h->state->path);
	return keep_format("%s \"%s\" in \"%s\"", model_trigger_timer(m, h->trigger) ? "timer" : "event",
		model_trigger_name(m, h->trigger), h->state->path);
}

enum { NO_BRANCH = UINT16_MAX };

static void
overlap(struct machine *m, struct handler *h, unsigned first, unsigned second, unsigned truth)
{
	const struct branch *a = &h->branches[first], *b = &h->branches[second];

	if (!h->guard_count)
		model_error(m, b->place, "%s: without when: this is taken always, as is the one on line %u", occasion(m, h),
			a->place.line);
	else
		model_error(m, b->place, "%s: this and the one on line %u are both taken when %s", occasion(m, h),
			a->place.line, combination(h, truth));
	h->broken = true;
}

/* Fills in one branch, where no answer came first. An overlap is reported once for each pair of branches. */
static bool
claim(struct machine *m, struct handler *h, unsigned branch)
{
	const struct branch *b = &h->branches[branch];
	unsigned reported = NO_BRANCH;
	bool any = false;

	for (unsigned truth = 0; truth < 1u << h->guard_count; truth++) {
		unsigned taken = h->taken[truth];

		if (b->when && !holds(b->when, h, truth))
			continue;
		if (taken != NO_BRANCH && h->branches[taken].answers_for && !b->answers_for)
			continue;
		any = true;
		if (taken == NO_BRANCH)
			h->taken[truth] = (uint16_t)branch;
		else if (taken != reported)
			overlap(m, h, reported = taken, branch, truth);
	}
	return any;
}

static bool
may_hold(const struct handler *h, const struct branch *b)
{
	bool any = !b->when && !b->is_else;

	for (unsigned truth = 0; b->when && truth < 1u << h->guard_count; truth++)
		any |= holds(b->when, h, truth);
	return any;
}

static bool
claim_rest(struct handler *h, unsigned branch)
{
	bool any = false;

	for (unsigned truth = 0; truth < 1u << h->guard_count; truth++)
		if (h->taken[truth] == NO_BRANCH) {
			h->taken[truth] = (uint16_t)branch;
			any = true;
		}
	return any;
}

static void
find_forgotten(struct machine *m, struct handler *h)
{
	unsigned forgotten = 0, first = 0;

	for (unsigned truth = 0; truth < 1u << h->guard_count; truth++)
		if (h->taken[truth] == NO_BRANCH && !forgotten++)
			first = truth;
	if (!forgotten)
		return;
	model_error(m, h->place, "%s: nothing is said for when %s%s: add it, or a last branch {else, ...}",
		occasion(m, h), combination(h, first),
		forgotten > 1 ? keep_format(" (and %u more combination%s)", forgotten - 1, forgotten > 2 ? "s" : "") : "");
	h->broken = true;
}

/* Answers are asked first, then what the state says itself, then else. */
static unsigned
pass_of(const struct branch *b)
{
	return b->is_else ? 2 : b->answers_for ? 0 : 1;
}

static void
decide_handler(struct machine *m, struct handler *h)
{
	unsigned truths = 1u << h->guard_count;

	if (h->broken)
		return;
	h->taken = keep(truths * sizeof(*h->taken));
	for (unsigned truth = 0; truth < truths; truth++)
		h->taken[truth] = NO_BRANCH;
	for (unsigned pass = 0; pass < 3; pass++)
		for (unsigned i = 0; i < h->count; i++) {
			struct branch *b = &h->branches[i];

			if (pass_of(b) != pass)
				continue;
			if (!(b->is_else ? claim_rest(h, i) : claim(m, h, i))) {
				model_error(m, b->place, "%s: %s %s", occasion(m, h),
					b->text ? keep_format("\"%s\"", b->text) : "this",
					may_hold(h, b) ? "never comes to pass: the answers come first" : "can never be");
				h->broken = true;
			}
		}
	find_forgotten(m, h);
}

static void
decide_state(struct machine *m, struct state *s)
{
	for (unsigned i = 0; i < s->handler_count; i++)
		decide_handler(m, s->handlers[i]);
	if (s->choice)
		decide_handler(m, s->choice);
}

void
decide(struct machine *m)
{
	for (size_t i = 0; i < m->regions.count; i++)
		decide_state(m, model_region(m, i)->root);
	for (unsigned i = 0; i < m->state_count; i++)
		decide_state(m, m->states[i]);
}
