/* recover - the part of post that runs once: opens the journal and recovers the machine from it (text/trace/recovery),
 * finishes the answer that a crash cut short, posts `start` or `booted`, and counts recent starts (file `starts`). */
#include "post.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/log.h"
#include "text/store.h"

#define STARTS 5		/* within SAFE_MODE_LENGTH cause safe mode */
#define TEXT_SIZE 256

static bool
fold_line(void *recovery, const char *text, size_t length)
{
	struct messages messages = {0};
	bool accepted = recovery_read(recovery, text, length, &messages);

	if (messages.count)
		log_say(LEVEL_ERROR, "invalid journal line", "why", messages.list[0].text, NULL);
	message_free(&messages);
	return accepted;
}

static void
log_report(const struct journal_report *report, const char *why)
{
	char number[24];

	snprintf(number, sizeof number, "%llu", (unsigned long long)report->lost_bytes);
	if (report->state == JOURNAL_TAIL_CUT)
		log_say(LEVEL_WARNING, "journal: cut off a torn last line that was never acknowledged", "bytes", number, NULL);
	if (report->state == JOURNAL_SET_ASIDE)
		log_say(LEVEL_ERROR, "journal damaged: set aside, starting a new one", "kept", report->kept_as, "why",
			why ? why : report->error, NULL);
}

/* Continues with the recovered machine. */
static void
continue_journal(struct post *p)
{
	const struct recovery *r = &p->recovery;

	p->settings = r->settings;
	p->player = r->player;
	p->player.machine.settings = &p->settings;
	p->left_idle = r->cycle;
}

bool
post_open(struct post *p, const char *folder, const struct settings *settings, char error[512])
{
	struct journal_report report = {0};
	const struct recovery *r = &p->recovery;

	p->settings = *settings;
	p->journal = journal_open(folder, fold_line, &p->recovery, &report);
	if (!p->journal) {
		snprintf(error, 512, "%s", report.error);
		return false;
	}
	log_report(&report, r->foreign ? "written by another version of the machine" : r->why);
	if (report.lines) {
		continue_journal(p);
		return true;
	}
	p->recovery = (struct recovery){0};
	if (post_header(p))
		return true;
	snprintf(error, 512, "cannot begin the journal: %s", journal_error(p->journal));
	return false;
}

/* --- recent starts --- */

/* Reads the instants of earlier starts, one a line; returns how many count. Invalid text counts as no start, so that it
 * cannot keep the agent from starting. */
static unsigned
read_starts(const char *path, int64_t at, int64_t starts[STARTS])
{
	struct validators ignored;
	size_t length;
	char *text = store_read(path, TEXT_SIZE, &ignored, &length), *next = text;
	unsigned count = 0;

	while (next && *next && count < STARTS) {
		int64_t start = strtoll(next, &next, 10);

		if (start > at - SAFE_MODE_LENGTH && start <= at)
			starts[count++] = start;
		next = *next == '\n' ? next + 1 : NULL;
	}
	free(text);
	return count;
}

bool
post_too_many_starts(const char *folder, int64_t at)
{
	int64_t starts[STARTS + 1];
	struct validators none = {.source = 0};
	char path[1024], text[TEXT_SIZE];
	unsigned count;
	int length = 0;

	snprintf(path, sizeof path, "%s/starts", folder);
	count = read_starts(path, at, starts);
	starts[count++] = at;
	for (unsigned i = count > STARTS ? 1 : 0; i < count; i++)
		length += snprintf(text + length, sizeof text - (size_t)length, "%lld\n", (long long)starts[i]);
	store_write(path, &none, text, (size_t)length);
	return count >= STARTS;
}

/* --- this start --- */

/* Writes the lines that the previous agent's crash cut short, and begins their effects. */
static void
finish_answer(struct post *p)
{
	struct trace_line line;

	while (!p->failed && recovery_rest(&p->recovery, &line)) {
		if (line.kind == LINE_CRASH) {
			log_say(LEVEL_WARNING, "previous agent crashed; recovering from its journal", NULL);
			player_crash(&p->player, line.at);
		}
		if (line.kind == LINE_EFFECT)
			post_effect(p, &line.effect, line.at);
		else
			post_line(p, &line);
	}
}

/* A clock set forward while no agent ran looks like time that has passed; only one set back can be detected. */
static void
post_clock_set_back(struct post *p, bool same_boot)
{
	struct now now = clock_now(p->clock);
	int64_t least = p->player.at, ran = now.awake - (p->player.awake + p->player.uncounted);

	if (same_boot && ran > 0)
		least += ran;
	if (now.at < least - POST_CLOCK_SLACK)
		post_event(p, &(struct event){.kind = EV_CLOCK, .was = least});
}

void
post_resume(struct post *p)
{
	const struct recovery *r = &p->recovery;
	bool same_boot = !r->begun || strcmp(r->boot, p->device->boot) == 0;

	if (r->begun) {
		finish_answer(p);
		post_clock_set_back(p, same_boot);
	}
	if (same_boot)
		post_event(p, &(struct event){.kind = EV_START});
	else
		post_event(p, &(struct event){.kind = EV_BOOTED, .version = p->device->version});
}
