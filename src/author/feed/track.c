#include "track.h"

#include <assert.h>

const char *const change_words[CHANGES] = {
	[CHANGE_NONE] = "stayed", [CHANGE_APPEARED] = "appeared", [CHANGE_EARLIER] = "moved earlier",
	[CHANGE_LATER] = "moved later", [CHANGE_HIGHER] = "changed its version", [CHANGE_TOO_EARLY] =
	"moved earlier than notice.minimum allows", [CHANGE_BACK] = "went back to a lower version",
	[CHANGE_VANISHED] = "vanished",
};

static void
tell_machine(struct track *t, struct event e)
{
	struct answer answer;

	e.awake = PLAYER_COUNTS;
	assert(player_refuses(&t->player, &e) == PLAYER_WELCOME);
	player_step(&t->player, &e, &answer);
}

/* Its timers never fire: the device stays as it is for years, whatever its deadline. */
void
track_begin(struct track *t, const struct policy *policy, const struct device *device, bool trusting, int64_t at)
{
	*t = (struct track){.policy = policy, .device = *device, .trusting = trusting};
	policy_settings(policy, &t->settings);
	player_init(&t->player, &t->settings, device->version, true);
	tell_machine(t, (struct event){.kind = EV_START, .at = at});
}

static const struct feed *
feed(const struct track *t)
{
	return t->feed ? feed_of(t->feed) : NULL;
}

bool
track_offer(struct track *t, const char *name, const char *bytes, size_t length, struct messages *ms)
{
	struct feed_text *next = t->trusting ? feed_examine(name, bytes, length, NULL, 0, ms)
		: feed_decode(name, bytes, length, feed(t), ms);

	if (!next)
		return false;
	feed_free(t->feed);
	t->feed = next;
	return true;
}

static struct asked
ask(struct track *t, int64_t at)
{
	const struct requirement *r;
	struct asked is = {0};
	struct assessment a;

	assess(&t->policy, 1, feed(t), &t->device, &t->knowledge, at, &a);
	a.event.at = at;
	tell_machine(t, a.event);
	if (!a.required)
		return is;
	r = &a.requirement;
	is = (struct asked){true, r->version, t->player.machine.deadline, at, r->exploited};
	if (t->is.required && t->is.version == r->version)
		is.heard = t->is.heard;
	return is;
}

/* From when it first heard of this version, or of the hole that hurries it. */
static bool
too_early(const struct track *t)
{
	int64_t since = t->is.exploited > t->is.heard ? t->is.exploited : t->is.heard;

	return t->is.deadline < since + t->settings.minimum;
}

static enum change
change(const struct track *t)
{
	const struct asked *was = &t->was, *is = &t->is;

	if (was->required != is->required)
		return is->required ? CHANGE_APPEARED : CHANGE_VANISHED;
	if (is->version < was->version)
		return CHANGE_BACK;
	if (is->deadline < was->deadline)
		return too_early(t) ? CHANGE_TOO_EARLY : CHANGE_EARLIER;
	if (is->deadline > was->deadline)
		return CHANGE_LATER;
	return is->version > was->version ? CHANGE_HIGHER : CHANGE_NONE;
}

enum change
track_look(struct track *t, int64_t at)
{
	struct asked is = ask(t, at);

	t->was = t->is;
	t->is = is;
	return change(t);
}

void
track_end(struct track *t)
{
	feed_free(t->feed);
}
