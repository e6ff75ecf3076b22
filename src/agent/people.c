#include "people.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "platform/log.h"
#include "text/instant.h"
#include "text/message.h"

#define BURST 20.0	/* intents at once; then one a second, as each is a line of the journal */

/* --- intents, as lines of JSON --- */

static const char *const intents[] = {"remind", "dismissed", "learn-more", "start-now", "open-timer", "window-closed",
	NULL};

static bool
find_intent(const char *name, enum event_kind *kind, char why[256])
{
	char quoted[QUOTED_SIZE];
	const char *near = message_near(name, intents);
	const char *const *intent = intents;

	while (*intent && strcmp(*intent, name) != 0)
		intent++;
	for (unsigned i = 0; *intent && i < EVENTS; i++)
		if (strcmp(machine_event[i].name, name) == 0) {
			*kind = (enum event_kind)i;
			return true;
		}
	snprintf(why, 256, "unknown intent %s", message_quote(name, strlen(name), quoted));
	if (near)
		snprintf(why, 256, "unknown intent %.180s (did you mean \"%s\"?)", quoted, near);
	return false;
}

static bool
read_duration(const json_t *o, struct event *e, char why[256])
{
	const char *text = json_string_value(json_object_get(o, "for"));

	if (text && duration_parse(text, &e->for_))
		return true;
	snprintf(why, 256, "remind needs \"for\", a duration such as 1h or 1d");
	return false;
}

static bool
read_intent(const json_t *o, struct event *e, char why[256])
{
	const char *name = json_string_value(json_object_get(o, "intent"));

	if (!name) {
		snprintf(why, 256, "expected an object with \"intent\"");
		return false;
	}
	if (!find_intent(name, &e->kind, why))
		return false;
	if (json_object_size(o) > (e->kind == EV_REMIND ? 2u : 1u)) {
		snprintf(why, 256, "%s takes no such key", name);
		return false;
	}
	return e->kind != EV_REMIND || read_duration(o, e, why);
}

static bool
parse_intent(const char *line, size_t length, struct event *e, char why[256])
{
	json_error_t error;
	json_t *o = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);
	bool fine;

	*e = (struct event){.kind = EVENTS};
	if (!o) {
		snprintf(why, 256, "not JSON: %.160s", error.text);
		return false;
	}
	fine = read_intent(o, e, why);
	json_decref(o);
	return fine;
}

/* --- intents, accepted or refused --- */

static bool
within_rate(struct people *p)
{
	double now = ev_now(p->loop), passed = now - p->allowance_at;

	p->allowance_at = now;
	p->allowance += passed > 0 ? passed : 0;
	if (p->allowance > BURST)
		p->allowance = BURST;
	if (p->allowance < 1)
		return false;
	p->allowance--;
	return true;
}

/* Returns why an intent is refused now, or NULL if it is not. */
typedef const char *refuser(struct people *, const struct view *, const struct event *);

static const char *
refuse_remind(struct people *p, const struct view *v, const struct event *e)
{
	const struct policy *policy = p->assessor->policy;
	char text[DURATION_TEXT];
	int length;

	(void)v;
	if (!machine_in(&p->post->player.machine, ST_NOTIFY_WINDOW))
		return "no banner can be put off now";
	for (unsigned i = 0; i < policy->notice.reminds; i++)
		if (policy->notice.remind[i] == e->for_)
			return NULL;
	length = snprintf(p->refusal, sizeof p->refusal, "the choices are");
	for (unsigned i = 0; i < policy->notice.reminds; i++)
		length += snprintf(p->refusal + length, sizeof p->refusal - (size_t)length, "%s%s", i ? ", " : " ",
			duration_format(policy->notice.remind[i], text));
	return p->refusal;
}

static const char *
refuse_dismissed(struct people *p, const struct view *v, const struct event *e)
{
	(void)p, (void)e;
	return v->banner == BANNER_NONE ? "no banner is shown" : NULL;
}

static const char *
refuse_learn_more(struct people *p, const struct view *v, const struct event *e)
{
	(void)p, (void)e;
	return v->offered ? NULL : "no update is waiting";
}

static const char *
refuse_start_now(struct people *p, const struct view *v, const struct event *e)
{
	(void)p, (void)e;
	return v->start_now ? NULL : "no update can be started now";
}

static const char *
refuse_open_timer(struct people *p, const struct view *v, const struct event *e)
{
	(void)p, (void)e;
	return v->left >= 0 ? NULL : "no countdown is running";
}

static const char *
refuse_window_closed(struct people *p, const struct view *v, const struct event *e)
{
	(void)p, (void)e;
	return v->screen == SCREEN_INFO || v->screen == SCREEN_TIMER ? NULL : "no window is open";
}

static const char *
find_refusal(struct people *p, const struct event *e)
{
	static refuser *const refusers[EVENTS] = {
#define REFUSER(NAME, name) [EV_##NAME] = refuse_##name,
		EVENTS_BY_PERSON(REFUSER)
	};
	struct view view;

	if (machine_event[e->kind].group != GROUP_PERSON)
		return "this event is not an intent";
	people_view(p, &view, NULL);
	return refusers[e->kind](p, &view, e);
}

const char *
people_intent(struct people *p, const struct event *e)
{
	const char *why = p->post->failed || p->post->halted ? "the agent is stopping" : find_refusal(p, e);

	if (!why && !within_rate(p))
		why = "too many requests; try again in a few seconds";
	if (why)
		return why;
	log_say(LEVEL_INFO, "intent", "intent", machine_event[e->kind].name, NULL);
	post_event(p->post, e);
	return NULL;
}

/* --- the socket --- */

static bool
is_admitted(void *context, uid_t uid)
{
	struct people *p = context;

	if (uid == 0 || (geteuid() != 0 && uid == geteuid()))
		return true;
	assessor_update_session(p->assessor);
	return p->assessor->session.present && uid == p->assessor->session.console;
}

static size_t
write_greeting(void *context, char line[SOCKET_LINE])
{
	struct view view;
	int64_t at;

	people_view(context, &view, &at);
	return people_view_line(&view, at, line);
}

static void
answer_error(const char *why, char answer[SOCKET_LINE])
{
	json_t *o = json_pack("{ss}", "error", why);
	size_t length = o ? json_dumpb(o, answer, SOCKET_LINE - 2, JSON_COMPACT) : 0;

	json_decref(o);
	answer[length < SOCKET_LINE - 2 ? length : 0] = '\0';
}

static bool
answer_line(void *context, const char *line, size_t length, char answer[SOCKET_LINE])
{
	struct event e;
	char why[256];
	const char *refusal;

	if (strcmp(line, "{\"ask\":\"why\"}") == 0) {
		people_why(context, answer);
		return true;
	}
	if (people_text(context, line, answer))
		return true;
	if (!parse_intent(line, length, &e, why)) {
		answer_error(why, answer);
		return false;
	}
	refusal = people_intent(context, &e);
	if (refusal)
		answer_error(refusal, answer);
	else
		snprintf(answer, SOCKET_LINE, "{\"ok\":true}");
	return true;
}

bool
people_open(struct people *p, const char *path, char error[512])
{
	struct socket_settings settings = {.path = path, .context = p, .admits = is_admitted, .greeting = write_greeting,
		.answer = answer_line};

	p->shown.progress = -2;	/* differs from every view, so that the first one is shown */
	return !path || (p->socket = socket_new(p->loop, &settings, error));
}

void
people_show(struct people *p)
{
	struct view view;
	int64_t at;

	people_view(p, &view, &at);
	if (view_same(&view, &p->shown))
		return;
	p->shown = view;
	if (p->socket)
		socket_broadcast(p->socket);
	if (p->view)
		p->view(p->context, &view, at);
}

void
people_close(struct people *p)
{
	socket_free(p->socket);
	p->socket = NULL;
}
