/* show - what a rehearsal shows: the screen, or a line for each thing that happens. */
#include <stdio.h>

#include "core/version.h"
#include "words/words.h"
#include "face/terminal/tty.h"
#include "stage.h"

void
stage_draw(struct stage *s)
{
	struct grid g;

	if (!s->on_screen)
		return;
	s->face.now = clock_now(&s->clock).at;
	if (s->agent)
		agent_view(s->agent, &s->face.view, NULL);
	tty_grid(&g);
	face_draw(&s->face, &g);
	tty_show(&g);
}

/* Prints a line, in plain text as far as this terminal can show it. */
static void
print_line(struct stage *s, const char *text)
{
	struct grid g;
	char row[GRID_ROW_BYTES(FACE_LINE)];

	grid_init(&g, FACE_LINE, 1);
	grid_put(&g, 0, 0, FACE_LINE, PLAIN, text);
	grid_row(&g, 0, s->look, row);
	puts(row);
	fflush(stdout);
	grid_free(&g);
}

void
stage_log(struct stage *s, int64_t at, const char *what)
{
	char date[WORDS_TEXT], line[FACE_LINE];

	snprintf(line, sizeof line, "%-16s  %.200s", words_date(at, s->face.zone, date), what);
	face_log(&s->face, line);
	if (!s->on_screen)
		print_line(s, line);
}

void
stage_describe_pace(double speed, char out[64])
{
	static const struct {
		int64_t ms;
		const char *name;
	} units[] = {{DAY_MS, "1 day"}, {HOUR_MS, "1 hour"}, {MINUTE_MS, "1 minute"}, {SECOND_MS, "1 second"}};
	size_t i = 0;

	*out = '\0';
	if (speed <= 1)
		return;
	while (i < 3 && (double)units[i].ms / speed > 60000)
		i++;
	snprintf(out, 64, "%s = %.3g s", units[i].name, (double)units[i].ms / speed / 1000);
}

void
stage_introduce(struct stage *s)
{
	static const char *const says[] = {
		[AS_IT_IS] = "This device runs %s %s.",
		[NOTHING_REQUIRED] = "This device needs nothing, so it pretends to run %s %s.",
		[OTHER_PLATFORM] = "The policy is for other devices, so this one pretends to run %s %s.",
	};
	const struct scenario *c = &s->rehearsal->scenario;
	const struct policy *policy = s->rehearsal->policy;
	char version[VERSION_TEXT], target[VERSION_TEXT], date[WORDS_TEXT], line[FACE_LINE];

	snprintf(line, sizeof line, "Rehearsal of %.100s.", *policy->label ? policy->label : policy->name);
	print_line(s, line);
	print_line(s, "Nothing real is closed, installed or restarted.");
	snprintf(line, sizeof line, says[c->pretends], s->face.os, version_format(c->device.version, version));
	print_line(s, line);
	snprintf(line, sizeof line, "Required: %s by %s. To be installed: %s.",
		version_format(c->requirement.version, version), words_moment(c->requirement.deadline, c->zone, date),
		version_format(c->requirement.target, target));
	print_line(s, line);
	if (s->fast == s->slow)
		snprintf(line, sizeof line, "%s, throughout.", s->pace);
	else
		snprintf(line, sizeof line, "%s until the deadline, then slower.", s->pace);
	print_line(s, line);
}

void
stage_conclude(struct stage *s, const char *error)
{
	char version[VERSION_TEXT], line[FACE_LINE] = "Ended before the update was verified.";

	if (*error) {
		fprintf(stderr, "lastcall rehearse: %s\n", error);
		return;
	}
	if (s->verified)
		snprintf(line, sizeof line, "✓ Verified: %s %s. Nothing real was closed, installed or restarted.", s->face.os,
			version_format(s->face.report.version, version));
	print_line(s, line);
}
