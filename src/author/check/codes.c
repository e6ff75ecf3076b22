/* codes - the table of message codes: number, title, and what to do. */
#include "check.h"

#include <stdio.h>

const struct code_about code_table[] = {
	{CODE_FILE, "cannot be read",
	 "The file is missing, is not readable or is not a regular file; or a folder has no policy in it."},
	{CODE_ENCODING, "not plain text", "Policies are UTF-8 text without NUL characters, with or without a byte order "
	 "mark."},
	{CODE_SYNTAX, "not YAML", "The text is not YAML. Indent with spaces, not tabs; put a value that begins with a mark "
	 "such as * or @ in quotes."},
	{CODE_EMPTY, "empty", "The file is empty or has only comments."},
	{CODE_LIMIT, "too large", "A policy has at most 64 kB, 10,000 keys and values, 16 levels, and 4 kB in one value."},
	{CODE_MARK, "YAML that policies do not use", "Anchors, aliases, tags and directives are refused, so that a policy "
	 "means what a reader sees."},
	{CODE_SECOND_DOCUMENT, "a second document", "A file is one policy: put the second document in a file of its own."},
	{CODE_DUPLICATE_KEY, "duplicate key", "The same key occurs twice in one map, so one of its values would be lost."},
	{CODE_UNKNOWN_KEY, "unknown key", "There is no such key here. The message suggests the nearest one, if any is near."},
	{CODE_MISPLACED_KEY, "key in the wrong place", "The key exists, but belongs under another key."},
	{CODE_MISSING_KEY, "missing key", "A key that has no default is missing."},
	{CODE_SHAPE, "wrong kind of value", "There is a map where one value is expected, a list where a map is, and so on."},
	{CODE_ONE_OF, "not exactly one key", "Give exactly one of the keys under enforce."},
	{CODE_FIXED, "not the only value allowed", "policy is 1, the version of this format; do_not_manage is true or left "
	 "out."},
	{CODE_NAME, "not a name", "A name has a-z, 0-9, dots, dashes and underscores, and begins with a letter or digit."},
	{CODE_LABEL, "not a label", "A label is one line of text without control characters."},
	{CODE_WORD, "not one of the words", "The value must be one of the words that the message lists."},
	{CODE_FLAG, "not true or false", "A flag is true or false, without quotes; yes, no, on and off are not accepted."},
	{CODE_COUNT, "not a whole number in range", "A number is written in digits, without quotes, sign or leading zero."},
	{CODE_VERSION, "not a version", "A version looks like 15.2, 15.2.1 or 13.4.1 (a)."},
	{CODE_DURATION, "not a duration", "A duration is a whole number and one unit: 30s, 5m, 1h, 5d or 2w."},
	{CODE_DAYS, "not whole days", "The value is in days or weeks: 14d or 2w."},
	{CODE_DURATIONS, "not a list of durations", "The value is a list such as [1h, 1d], neither empty nor too long."},
	{CODE_CLOCK, "not a time of day", "A time of day has two digits for hours and two for minutes: \"17:00\"."},
	{CODE_LOCAL, "not a date and time", "A date and time looks like 2026-12-04 17:00, in whole minutes and without a "
	 "zone, which goes into time_zone."},
	{CODE_ZONE, "not a time zone", "A time zone is a name of the IANA database such as America/New_York, or device."},
	{CODE_RANGE, "out of range", "The duration is shorter or longer than this key allows."},
	{CODE_SAME_TWICE, "the same value twice", "A list has the same duration twice, perhaps in another unit."},
	{CODE_NO_SUCH_TIME, "no such date or time", "The date or time does not exist in the calendar, such as 30 February."},
	{CODE_PATTERN, "not a name or pattern of devices", "The devices of a blueprint are names or shell patterns with *, ? "
	 "and brackets, such as desk-* or kiosk-[0-9]."},
	{CODE_SHARE, "not a share", "A ring's share is in whole per cent: 10%."},
	{CODE_RULE, "not whole days or never", "The value is in days or weeks, such as 7d or 1w, or never to have no such rule."},
	{CODE_EXPLOITED_TOO_LATE, "a rule that never applies", "exploited brings a deadline forward, but counts from when a "
	 "device first hears of the attacks: it has to be shorter than after_release."},
	{CODE_SKIPPED, "a local time that does not exist", "Daylight saving skips this time in the time zone: write "
	 "a time that clocks show."},
	{CODE_DOUBLED, "a local time that occurs twice", "Daylight saving repeats this time in the time zone: "
	 "write a time that clocks show once."},
	{CODE_REMIND_TOO_LONG, "a reminder longer than the window", "The reminder could never be chosen, since it may not end "
	 "after the deadline."},
	{CODE_WARNINGS_TOO_RARE, "warnings further apart than the countdown is long", "No warning would ever be shown."},
	{CODE_WINDOW_TOO_LONG, "a window longer than the time to the deadline", "The notice window would begin before any "
	 "device can hear of the requirement: after_release, or the time from --now to the deadline, is shorter, and "
	 "notice.minimum does not make up for it."},
	{CODE_CONTRADICTION, "policies that contradict each other", "Of two policies for the same devices one does not manage "
	 "them and the other does; or both give the same releases a deadline; or together they require the newer version "
	 "by the earlier deadline, which neither does alone."},
	{CODE_NAMED_TWICE, "a name used twice", "Two blueprints, two rings of one blueprint, or two of its policies have the "
	 "same name or label, so reports could not tell them apart."},
	{CODE_SHARES, "shares that do not add up", "The shares of a blueprint's rings must add up to 100%."},
	{CODE_UNREACHED, "a pattern without effect", "A device belongs to the first blueprint that matches its name, and an "
	 "earlier one matches all that this pattern does."},
	{CODE_POLICY, "a policy that cannot be used", "The file that a blueprint names is missing or has errors."},
	{CODE_FEED, "a feed that cannot be used", "The file given by --feed is not a list of releases that an agent would "
	 "adopt."},
	{CODE_DEVICES, "a list of devices that cannot be used", "The file given by --devices has errors."},
	{CODE_COUNTDOWN_AT_ONCE, "countdowns without notice", "Devices would start their countdown at the next check-in, "
	 "because every release that counts for them is overdue. If that is wanted, write accept_immediate_countdown: true."},
	{CODE_TWO_BLUEPRINTS, "two files of blueprints", "With --devices only one file may say which device has which "
	 "policies."},
	{CODE_LANGUAGE, "not a language", "A language is a tag such as en, de or pt-BR, with the language itself in lower case."},
	{CODE_TEXT_UNKNOWN, "unknown text", "There is no text of this name. The message suggests the nearest one, if any is "
	 "near."},
	{CODE_PLACEHOLDER, "unknown placeholder", "This text can have only the placeholders that the message lists, and no "
	 "other braces."},
	{CODE_TEXT_TOO_LONG, "a text that is too long", "Buttons, labels and titles that are too long are cut off on the "
	 "screen. East Asian characters take two columns."},
	{CODE_PAST, "a deadline in the past", "Devices below the version start their countdown at the next check-in."},
	{CODE_WEEKEND, "a deadline on a weekend", "People are away: they cannot save their work, and no one is there to help."},
	{CODE_NIGHT, "a deadline at night", "Between 22:00 and 06:00 devices are asleep: the countdown starts when their "
	 "lids open in the morning."},
	{CODE_SHORT_NOTICE, "less than five days' notice", "People who are away for a long weekend see no banner before the "
	 "countdown."},
	{CODE_NO_SUCH_RELEASE, "a version that is not in the feed", "The feed given by --feed lists no such release."},
	{CODE_CANNOT_RUN, "devices that cannot run the target", "The feed lists the release for other devices only."},
	{CODE_COUNTDOWNS, "devices that count down at once", "The deadline is past for some of the devices given by --devices."},
	{CODE_REDUNDANT, "a policy that changes nothing", "Another policy of the same blueprint requires a newer version "
	 "by the same deadline or an earlier one."},
	{0},
};

const char *
code_text(enum message_code code, char out[CODE_TEXT])
{
	snprintf(out, CODE_TEXT, "P%03u", (unsigned)code);
	return out;
}
