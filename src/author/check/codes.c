#include "codes.h"

#include <stdio.h>

const struct code_about code_table[] = {
	{CODE_FILE, "cannot be read",
	 "The file is missing, may not be read, or is no regular file; or a folder holds no policy."},
	{CODE_ENCODING, "not plain text", "Policies are UTF-8 text without NUL characters, with or without a byte order "
	 "mark."},
	{CODE_SYNTAX, "not YAML", "The text cannot be read as YAML. Tabs do not indent; a text that begins with a mark such "
	 "as * or @ needs quotes."},
	{CODE_EMPTY, "nothing in it", "The file is empty or holds comments only."},
	{CODE_LIMIT, "too large", "A policy has at most 64 kB, 10,000 keys and values, 16 levels, and 4 kB in one value."},
	{CODE_MARK, "YAML that policies do not use", "Anchors, aliases, tags and directives are refused: what stands in a "
	 "policy is what it says."},
	{CODE_SECOND_DOCUMENT, "a second document", "One file holds one policy."},
	{CODE_DUPLICATE_KEY, "a key twice", "The same key stands twice in one map, so that one of the two would be lost."},
	{CODE_UNKNOWN_KEY, "unknown key", "No key of this name is known here. The nearest one is named, if there is one."},
	{CODE_MISPLACED_KEY, "key in the wrong place", "The key exists, but under another one."},
	{CODE_MISSING_KEY, "missing key", "A key that has no default is left out."},
	{CODE_SHAPE, "wrong kind of value", "A map stands where one value is expected, a list where a map is, and so on."},
	{CODE_ONE_OF, "not exactly one", "Of the keys under enforce exactly one is there."},
	{CODE_FIXED, "not the one value there is", "policy is 1, the version of this format; do_not_manage is true or left "
	 "out."},
	{CODE_NAME, "not a name", "A name has a-z, 0-9, dots, dashes and underscores, and begins with a letter or digit."},
	{CODE_LABEL, "not a label", "A label is one line of text without control characters."},
	{CODE_WORD, "not one of the words", "The value is one of a few words, which the message lists."},
	{CODE_FLAG, "not true or false", "A flag is true or false, without quotes; yes, no, on and off are not taken."},
	{CODE_COUNT, "not a whole number in range", "A number is written in digits, without quotes, sign or leading zero."},
	{CODE_VERSION, "not a version", "A version is one such as 15.2, 15.2.1 or 13.4.1 (a)."},
	{CODE_DURATION, "not a duration", "A duration is a whole number and one unit: 30s, 5m, 1h, 5d or 2w."},
	{CODE_DAYS, "not whole days", "The value is in days or weeks: 14d or 2w."},
	{CODE_DURATIONS, "not a list of durations", "The value is a list such as [1h, 1d], neither empty nor too long."},
	{CODE_CLOCK, "not a time of day", "A time of day has two digits for hours and two for minutes: \"17:00\"."},
	{CODE_LOCAL, "not a date and time", "A date and time is written 2026-12-04 17:00, in whole minutes and without a "
	 "zone: that goes into time_zone."},
	{CODE_ZONE, "not a time zone", "A time zone is a name of the IANA database such as America/New_York, or device."},
	{CODE_RANGE, "out of range", "The duration is shorter or longer than this key allows."},
	{CODE_SAME_TWICE, "the same twice", "A list holds the same duration twice, perhaps in another unit."},
	{CODE_NO_SUCH_TIME, "no such date or time", "The date or time does not exist in the calendar, such as 30 February."},
	{CODE_PATTERN, "not a name or pattern of devices", "A blueprint's devices are names or patterns as the shell's: *, ? "
	 "and brackets, such as desk-* or kiosk-[0-9]."},
	{CODE_SHARE, "not a share", "A ring's share is in whole per cent: 10%."},
	{CODE_RULE, "not whole days or never", "The value is in days or weeks, 7d or 1w, or never, for no such rule."},
	{CODE_EXPLOITED_TOO_LATE, "a rule that never applies", "exploited is to bring a deadline forward, but counts from when "
	 "a device first hears of it: it has to be shorter than after_release."},
	{CODE_SKIPPED, "a local time that never comes", "Clocks in the time zone are set forward over the deadline: write a "
	 "time that they show."},
	{CODE_DOUBLED, "a local time that comes twice", "Clocks in the time zone are set back over the deadline: write a "
	 "time that they show once."},
	{CODE_REMIND_TOO_LONG, "a reminder longer than the window", "Nobody could choose it: a reminder never outlives the "
	 "deadline."},
	{CODE_WARNINGS_TOO_RARE, "warnings rarer than the countdown is long", "No warning would ever be shown."},
	{CODE_WINDOW_TOO_LONG, "a window longer than the time to the deadline", "The policy asks for a notice window that "
	 "begins before anybody could hear of the requirement: after_release, or the time from --now to the deadline, is "
	 "shorter, and notice.minimum does not make up for it."},
	{CODE_CONTRADICTION, "policies that contradict each other", "Of two policies for the same devices one says that they "
	 "are not managed and the other that they are; or both give the same releases a deadline; or the earlier deadline "
	 "would count with the later one's version."},
	{CODE_NAMED_TWICE, "two of one name", "Two blueprints, two rings of one blueprint, or two of its policies have the "
	 "same name or label, so that nobody could tell them apart."},
	{CODE_SHARES, "shares that are not the whole", "The shares of a blueprint's rings add up to 100%."},
	{CODE_UNREACHED, "devices that another blueprint has", "The first blueprint that fits a device's name counts, and an "
	 "earlier one fits every name that this pattern fits."},
	{CODE_POLICY, "a policy that cannot be used", "The file that a blueprint names is missing, or has problems of its "
	 "own."},
	{CODE_FEED, "a feed that cannot be used", "The file given by --feed is no list of releases that an agent would "
	 "adopt."},
	{CODE_DEVICES, "a list of devices that cannot be used", "The file given by --devices cannot be read as such a list."},
	{CODE_COUNTDOWN_AT_ONCE, "countdowns at once", "Devices would start their countdown at their next check-in, because "
	 "every release that counts for them is overdue. accept_immediate_countdown: true says that this is wanted."},
	{CODE_TWO_BLUEPRINTS, "two files of blueprints", "With --devices only one file can say which device has which "
	 "policies."},
	{CODE_LANGUAGE, "not a language", "A language is a tag such as en, de or pt-BR, the language itself in lower case."},
	{CODE_TEXT_UNKNOWN, "not a text", "No text of this name is shown to anybody. The nearest one is named, if there is one."},
	{CODE_PLACEHOLDER, "unknown placeholder", "Only the placeholders that the message lists are filled in this text; a "
	 "brace on its own has no meaning."},
	{CODE_TEXT_TOO_LONG, "a text longer than its room", "Buttons, labels and titles are cut on people's screens when "
	 "they are too long. Characters of East Asia take two columns."},
	{CODE_PAST, "a deadline in the past", "Devices below the version start their countdown at the next check-in."},
	{CODE_WEEKEND, "a deadline on a weekend", "Nobody is there to save work or to help."},
	{CODE_NIGHT, "a deadline at night", "Between 22:00 and 06:00 devices are asleep: the countdown starts when their "
	 "lids open in the morning."},
	{CODE_SHORT_NOTICE, "less than five days' notice", "People who are away for a long weekend see no banner before the "
	 "countdown."},
	{CODE_NO_SUCH_RELEASE, "a version that no release has", "The feed given by --feed lists no such release."},
	{CODE_CANNOT_RUN, "devices that cannot run the target", "The feed lists the release for other devices only."},
	{CODE_COUNTDOWNS, "devices that count down at once", "The deadline is past for some of the devices given by --devices."},
	{CODE_REDUNDANT, "a policy that changes nothing", "Another policy of the same blueprint requires a newer version no "
	 "later."},
	{0},
};

const char *
code_text(enum message_code code, char out[CODE_TEXT])
{
	snprintf(out, CODE_TEXT, "P%03u", (unsigned)code);
	return out;
}
