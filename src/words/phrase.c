#include "phrase.h"

#include <stdio.h>
#include <string.h>

#include "core/version.h"
#include "pattern.h"

#define HINT 400

const struct phrase_room phrase_room[PHRASE_KINDS] = {
	[PHRASE_IS_LABEL] = {"label", 18}, [PHRASE_IS_BUTTON] = {"button text", 28}, [PHRASE_IS_TITLE] = {"title", 80},
	[PHRASE_IS_BODY] = {"body", 320},
};

const struct phrase_about phrase_about[PHRASES] = {
	[PHRASE_HEADING] = {"heading", PHRASE_IS_TITLE, "the heading of every banner", NULL},
	[PHRASE_MENU] = {"menu", PHRASE_IS_TITLE, "the update's entry in the menu", NULL},
	[PHRASE_BANNER_TITLE] = {"banner_title", PHRASE_IS_TITLE, "the title of a banner in the notice window", NULL},
	[PHRASE_BANNER_BODY] = {"banner_body", PHRASE_IS_BODY, "the text of that banner", NULL},
	[PHRASE_WARNING_TITLE] = {"warning_title", PHRASE_IS_TITLE,
	 "the title of a banner while the countdown's window is closed", NULL},
	[PHRASE_WARNING_BODY] = {"warning_body", PHRASE_IS_BODY, "the text of that banner", NULL},
	[PHRASE_FAILED_TITLE] = {"failed_title", PHRASE_IS_TITLE,
	 "the title of the banner after the last attempt failed", NULL},
	[PHRASE_FAILED_BODY] = {"failed_body", PHRASE_IS_BODY, "the text of that banner", NULL},
	[PHRASE_INFO_HEADING] = {"info_heading", PHRASE_IS_TITLE, "the heading of the Update Info window", NULL},
	[PHRASE_INFO_TITLE] = {"info_title", PHRASE_IS_TITLE, "the title in Update Info", NULL},
	[PHRASE_INFO_BODY] = {"info_body", PHRASE_IS_BODY, "the text in Update Info: what will happen", NULL},
	[PHRASE_INFO_BODY_APPS_STAY] = {"info_body_apps_stay", PHRASE_IS_BODY, "the same with close_apps: false", NULL},
	[PHRASE_INFO_INSTALLED] = {"info_installed", PHRASE_IS_LABEL, "the label of the installed version", NULL},
	[PHRASE_INFO_REQUIRED] = {"info_required", PHRASE_IS_LABEL, "the label of the required version", NULL},
	[PHRASE_INFO_OR_NEWER] = {"info_or_newer", PHRASE_IS_TITLE, "the required version, behind that label", NULL},
	[PHRASE_INFO_DEADLINE] = {"info_deadline", PHRASE_IS_LABEL, "the label of the deadline", NULL},
	[PHRASE_INFO_LEFT] = {"info_left", PHRASE_IS_LABEL, "the label of the time left until the deadline", NULL},
	[PHRASE_INFO_POLICY] = {"info_policy", PHRASE_IS_LABEL, "the label of the policy", NULL},
	[PHRASE_TIMER_HEADING] = {"timer_heading", PHRASE_IS_TITLE, "the heading of the countdown's window", NULL},
	[PHRASE_TIMER_TITLE] = {"timer_title", PHRASE_IS_TITLE, "the title above the time left", NULL},
	[PHRASE_TIMER_BODY] = {"timer_body", PHRASE_IS_BODY, "the text below the time left", NULL},
	[PHRASE_TIMER_BODY_APPS_STAY] = {"timer_body_apps_stay", PHRASE_IS_BODY, "the same with close_apps: false", NULL},
	[PHRASE_TIMER_LEFT] = {"timer_left", PHRASE_IS_TITLE, "the time left while the window is closed", NULL},
	[PHRASE_PROGRESS_HEADING] = {"progress_heading", PHRASE_IS_TITLE, "the heading of the installation's window", NULL},
	[PHRASE_PROGRESS_TITLE] = {"progress_title", PHRASE_IS_TITLE, "the title above the progress bar", NULL},
	[PHRASE_PROGRESS_BODY] = {"progress_body", PHRASE_IS_BODY, "the text below the progress bar", NULL},
	[PHRASE_PROGRESS_PREPARING] = {"progress_preparing", PHRASE_IS_TITLE,
	 "next to the progress bar, at the beginning", NULL},
	[PHRASE_PROGRESS_CLOSING] = {"progress_closing", PHRASE_IS_TITLE,
	 "next to the progress bar, while apps are closed", NULL},
	[PHRASE_PROGRESS_INSTALLING] = {"progress_installing", PHRASE_IS_TITLE,
	 "next to the progress bar, while the updater runs", NULL},
	[PHRASE_PROGRESS_RESTARTING] = {"progress_restarting", PHRASE_IS_TITLE,
	 "next to the progress bar, before the restart", NULL},
	[PHRASE_REMIND] = {"remind", PHRASE_IS_BUTTON, "hides the banner for a while", "delay"},
	[PHRASE_REMIND_TOMORROW] = {"remind_tomorrow", PHRASE_IS_BUTTON, "hides it for a day", NULL},
	[PHRASE_LEARN_MORE] = {"learn_more", PHRASE_IS_BUTTON, "opens Update Info", NULL},
	[PHRASE_START_NOW] = {"start_now", PHRASE_IS_BUTTON, "begins the update", NULL},
	[PHRASE_OPEN_TIMER] = {"open_timer", PHRASE_IS_BUTTON, "opens the countdown's window again", NULL},
	[PHRASE_CLOSE] = {"close", PHRASE_IS_BUTTON, "closes a window", NULL},
	[PHRASE_CLOSE_BANNER] = {"close_banner", PHRASE_IS_BUTTON, "dismisses a banner", NULL},
	[PHRASE_QUIT] = {"quit", PHRASE_IS_BUTTON, "closes the terminal's display", NULL},
	[PHRASE_NOTHING] = {"nothing", PHRASE_IS_BODY, "nothing is required", NULL},
	[PHRASE_DUE] = {"due", PHRASE_IS_BODY, "an update is required, but its notice window is not open yet", NULL},
	[PHRASE_SNOOZED] = {"snoozed", PHRASE_IS_BODY, "a reminder is set", NULL},
	[PHRASE_COMES_BACK] = {"comes_back", PHRASE_IS_BODY, "when that reminder brings the banner back", "reminder"},
	[PHRASE_HELD] = {"held", PHRASE_IS_BODY, "the person is presenting or in a call", NULL},
	[PHRASE_TIMER_CLOSED] = {"timer_closed", PHRASE_IS_BODY, "the countdown is running and its window is closed", NULL},
	[PHRASE_UNATTENDED] = {"unattended", PHRASE_IS_BODY, "the deadline is past and no one is logged in", NULL},
	[PHRASE_WAITING] = {"waiting", PHRASE_IS_BODY, "the same with unattended: wait", NULL},
	[PHRASE_RESTARTS] = {"restarts", PHRASE_IS_BODY, "the device is restarting", NULL},
	[PHRASE_VERIFYING] = {"verifying", PHRASE_IS_BODY,
	 "the device has restarted and its version is being checked", NULL},
	[PHRASE_RETRY] = {"retry", PHRASE_IS_BODY, "an attempt failed", NULL},
	[PHRASE_FAILED] = {"failed", PHRASE_IS_BODY, "the last attempt failed", NULL},
	[PHRASE_DONE_COMPLIANT] = {"done_compliant", PHRASE_IS_BODY, "the update is no longer needed", NULL},
	[PHRASE_DONE_VERIFIED] = {"done_verified", PHRASE_IS_BODY, "the update is installed", NULL},
	[PHRASE_DONE_CALLED_OFF] = {"done_called_off", PHRASE_IS_BODY, "the countdown is cancelled", NULL},
	[PHRASE_DONE_FAILED] = {"done_failed", PHRASE_IS_BODY, "an attempt failed", NULL},
	[PHRASE_SAFE_MODE] = {"safe_mode", PHRASE_IS_LABEL,
	 "the agent is in safe mode: it closes and installs nothing", NULL},
};

/* {timer} is {left} in the form 29:30. */
static const char *const everywhere[] = {
	"target", "required", "installed", "deadline", "left", "timer", "countdown", "policy", NULL,
};

void
phrase_places(enum phrase phrase, const char *names[PHRASE_PLACES])
{
	const struct phrase_about *about = &phrase_about[phrase];
	unsigned count = 0;

	if (about->also)
		names[count++] = about->also;
	/* A button is read at a glance, so its only placeholder is one that does not change. */
	for (unsigned i = 0; everywhere[i] && i < (about->kind == PHRASE_IS_BUTTON ? 1 : PHRASE_PLACES); i++)
		names[count++] = everywhere[i];
	names[count] = NULL;
}

static const char *
write_version(const char *os, int64_t value, char out[96])
{
	char text[VERSION_TEXT];

	snprintf(out, 96, "%.48s%s%s", os ? os : "", os && *os ? " " : "", value ? version_format(value, text) : "–");
	return out;
}

const char *
phrase_fill(const struct language *l, const char *phrase, const struct facts *f, char out[PHRASE_TEXT])
{
	const struct zone *zone = f->zone ? f->zone : &calendar_utc;
	char target[96], required[96], installed[96], deadline[LANGUAGE_TEXT], reminder[LANGUAGE_TEXT],
		left[LANGUAGE_TEXT], timer[LANGUAGE_TEXT], countdown[LANGUAGE_TEXT], delay[LANGUAGE_TEXT];

	return pattern_fill(phrase, (struct slot[]){
		{"target", write_version(f->os, f->target, target)},
		{"required", write_version(NULL, f->required, required)},
		{"installed", write_version(NULL, f->installed, installed)},
		{"deadline", language_date(l, f->deadline, zone, deadline)},
		{"reminder", language_date(l, f->reminder, zone, reminder)},
		{"left", language_span(l, f->left, left)},
		{"timer", language_timer(f->left, timer)},
		{"countdown", language_span(l, f->countdown, countdown)},
		{"delay", language_later(l, f->delay, delay)},
		{"policy", f->policy ? f->policy : ""},
		{0}}, out, PHRASE_TEXT);
}

unsigned
phrase_columns(const struct language *l, const char *text)
{
	const struct facts usual = {.os = "macOS", .target = version_make(15, 3, 1, 0), .required = version_make(15, 2, 0, 0),
		.installed = version_make(14, 7, 2, 0), .deadline = 27 * DAY_MS, .reminder = 27 * DAY_MS,
		.left = 4 * DAY_MS + 23 * HOUR_MS, .countdown = 30 * MINUTE_MS, .delay = 12 * HOUR_MS, .policy = "Engineering"};
	char out[PHRASE_TEXT];

	return pattern_columns(phrase_fill(l, text, &usual, out));
}

static bool
refuse_placeholder(const struct node *node, enum phrase phrase, const char *stray, size_t length,
	const struct source *source)
{
	const char *places[PHRASE_PLACES], *near;
	char name[64], found[QUOTED_SIZE], all[HINT];
	size_t used = 0;

	phrase_places(phrase, places);
	snprintf(name, sizeof name, "%.*s", (int)(length > 2 ? length - 2 : 0), stray + 1);
	near = message_near(name, places);
	message_quote(stray, length, found);
	if (near)
		return key_fault(node, source, CODE_PLACEHOLDER, "unknown placeholder %s (did you mean \"{%s}\"?)", found,
			near);
	for (unsigned i = 0; places[i] && used < sizeof all; i++)
		used += (size_t)snprintf(all + used, sizeof all - used, "%s{%s}", i ? ", " : "", places[i]);
	return key_fault(node, source, CODE_PLACEHOLDER, "unknown placeholder %s; expected one of %s", found, all);
}

bool
phrase_check(enum phrase phrase, const struct node *node, const struct language *language, const struct source *source)
{
	const struct phrase_room *room = &phrase_room[phrase_about[phrase].kind];
	const char *places[PHRASE_PLACES], *stray;
	size_t length;
	unsigned columns;

	if (node->kind != NODE_SCALAR || !node->length)
		return key_expected_as(CODE_LABEL, node, source, "one line of text", NULL);
	for (const char *c = node->text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return key_expected_as(CODE_LABEL, node, source, "one line of text without control characters", NULL);
	phrase_places(phrase, places);
	stray = pattern_stray(node->text, places, &length);
	if (stray)
		return refuse_placeholder(node, phrase, stray, length, source);
	columns = phrase_columns(language, node->text);
	if (columns <= room->columns)
		return true;
	return key_fault(node, source, CODE_TEXT_TOO_LONG, "expected a %s of at most %u columns, found %u", room->what,
		room->columns, columns);
}
