/* recover - the agent comes back: its journal opened and folded (text/recovery), what a crash cut short brought to its
 * end, and how it came to run said to the machine. */
#include <stdio.h>
#include <string.h>

#include "host.h"
#include "platform/log.h"

static bool
fold_line(void *recovery, const char *text, size_t length)
{
	struct messages messages = {0};
	bool believed = recovery_read(recovery, text, length, &messages);

	if (messages.count)
		log_say(LEVEL_ERROR, "a journal's line is not one", "why", messages.list[0].text, NULL);
	message_free(&messages);
	return believed;
}

static void
log_report(const struct journal_report *report, const char *why)
{
	char number[24];

	snprintf(number, sizeof number, "%llu", (unsigned long long)report->lost_bytes);
	if (report->state == JOURNAL_TAIL_CUT)
		log_say(LEVEL_WARNING, "the journal's last line was torn, and never acknowledged: cut off", "bytes", number,
			NULL);
	if (report->state == JOURNAL_SET_ASIDE)
		log_say(LEVEL_ERROR, "the journal is damaged: set aside; beginning afresh", "kept", report->kept_as, "why",
			why ? why : report->error, NULL);
}

/* From here on the machine is the agent's. */
static void
go_on(struct agent *a)
{
	const struct recovery *r = &a->recovery;

	a->rules = r->settings;
	a->player = r->player;
	host_machine(a)->settings = &a->rules;
	a->cycle = r->cycle;
}

bool
host_recover(struct agent *a, char error[512])
{
	struct journal_report report = {0};
	const struct recovery *r = &a->recovery;

	a->journal = journal_open(a->settings.state, fold_line, &a->recovery, &report);
	if (!a->journal) {
		snprintf(error, 512, "%s", report.error);
		return false;
	}
	log_report(&report, r->foreign ? "another version of the machine wrote it" : r->why);
	if (report.lines) {
		go_on(a);
		return true;
	}
	a->recovery = (struct recovery){0};
	if (host_begin_journal(a))
		return true;
	snprintf(error, 512, "the journal cannot be begun: %s", journal_error(a->journal));
	return false;
}

/* --- how the agent came to run --- */

/* What the agent before this one left undone. */
static void
make_good(struct agent *a)
{
	struct trace_line line;

	while (!a->failed && recovery_rest(&a->recovery, &line)) {
		if (line.kind == LINE_CRASH) {
			log_say(LEVEL_WARNING, "the agent before this one ended without a word", NULL);
			player_crash(&a->player, line.at);
		}
		if (line.kind == LINE_EFFECT)
			host_begin_effect(a, &line.effect, line.at);
		else
			host_write(a, &line);
	}
}

/* A clock that was set forward meanwhile looks like time gone by; one set back can be told. */
static void
note_clock(struct agent *a, bool same_boot)
{
	struct now now = host_now(a);
	int64_t least = a->player.at, ran = now.awake - (a->player.awake + a->player.uncounted);

	if (same_boot && ran > 0)
		least += ran;
	if (now.at < least - CLOCK_SLACK)
		host_post(a, &(struct event){.kind = EV_CLOCK, .was = least});
}

void
host_resume(struct agent *a)
{
	const struct recovery *r = &a->recovery;
	bool same_boot = !r->begun || strcmp(r->boot, a->device.boot) == 0;

	if (r->begun) {
		make_good(a);
		note_clock(a, same_boot);
	}
	if (same_boot)
		host_post(a, &(struct event){.kind = EV_START});
	else
		host_post(a, &(struct event){.kind = EV_BOOTED, .version = a->device.version});
	host_see_session(a);
	if (a->releases)
		releases_refresh(a->releases);
	host_assess(a);
	host_show(a);
}
