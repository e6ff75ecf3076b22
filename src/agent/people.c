#include "people.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "host.h"
#include "platform/log.h"

#define BURST 20.0	/* intents at once; then one a second, as each is a line of the journal */

bool
host_admits(void *agent, uid_t uid)
{
	struct agent *a = agent;

	if (uid == 0 || (geteuid() != 0 && uid == geteuid()))
		return true;
	host_see_session(a);
	return a->session.present && uid == a->session.console;
}

size_t
host_greeting(void *agent, char line[SOCKET_LINE])
{
	struct view view;
	int64_t at;

	agent_view(agent, &view, &at);
	return people_view_text(&view, at, line);
}

static void
answer_error(const char *why, char answer[SOCKET_LINE])
{
	json_t *o = json_pack("{ss}", "error", why);
	size_t length = o ? json_dumpb(o, answer, SOCKET_LINE - 2, JSON_COMPACT) : 0;

	json_decref(o);
	answer[length < SOCKET_LINE - 2 ? length : 0] = '\0';
}

bool
host_heard(void *agent, const char *line, size_t length, char answer[SOCKET_LINE])
{
	struct event e;
	char why[256];
	const char *refusal;

	if (strcmp(line, "{\"ask\":\"why\"}") == 0) {
		host_explain(agent, answer);
		return true;
	}
	if (host_words(agent, line, answer))
		return true;
	if (!people_intent(line, length, &e, why)) {
		answer_error(why, answer);
		return false;
	}
	refusal = agent_intent(agent, &e);
	if (refusal)
		answer_error(refusal, answer);
	else
		snprintf(answer, SOCKET_LINE, "{\"ok\":true}");
	return true;
}

/* --- may they? --- */

static bool
within_rate(struct agent *a)
{
	double now = ev_now(a->loop), passed = now - a->allowance_at;

	a->allowance_at = now;
	a->allowance += passed > 0 ? passed : 0;
	if (a->allowance > BURST)
		a->allowance = BURST;
	if (a->allowance < 1)
		return false;
	a->allowance--;
	return true;
}

static const char *
refuse_remind(struct agent *a, int64_t for_)
{
	const struct policy *p = a->policy;
	char text[DURATION_TEXT];
	int length;

	if (!machine_in(host_machine(a), ST_NOTIFY_WINDOW))
		return "there is nothing to be reminded of now";
	for (unsigned i = 0; i < p->notice.reminds; i++)
		if (p->notice.remind[i] == for_)
			return NULL;
	length = snprintf(a->refusal, sizeof a->refusal, "the choices are");
	for (unsigned i = 0; i < p->notice.reminds; i++)
		length += snprintf(a->refusal + length, sizeof a->refusal - (size_t)length, "%s%s", i ? ", " : " ",
			duration_format(p->notice.remind[i], text));
	return a->refusal;
}

static const char *
refuse(struct agent *a, const struct event *e)
{
	struct view view;

	agent_view(a, &view, NULL);
	switch ((int)e->kind) {
	case EV_REMIND:
		return refuse_remind(a, e->for_);
	case EV_DISMISSED:
		return view.banner == BANNER_NONE ? "no banner is shown" : NULL;
	case EV_LEARN_MORE:
		return view.offered ? NULL : "no update is waiting";
	case EV_START_NOW:
		return view.start_now ? NULL : "no update can be started now";
	case EV_OPEN_TIMER:
		return view.left >= 0 ? NULL : "no countdown is running";
	case EV_WINDOW_CLOSED:
		return view.screen == SCREEN_INFO || view.screen == SCREEN_TIMER ? NULL : "no window is open";
	default:
		return "that is not for people to say";
	}
}

const char *
agent_intent(struct agent *a, const struct event *e)
{
	const char *why = a->failed || a->stopping ? "the agent is stopping" : refuse(a, e);

	if (!why && !within_rate(a))
		why = "too many requests; try again in a few seconds";
	if (why)
		return why;
	log_say(LEVEL_INFO, "intent", "intent", machine_event[e->kind].name, NULL);
	host_post(a, e);
	return NULL;
}
