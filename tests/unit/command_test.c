/* The parser of arguments, tested on a command with two forms and options of every kind. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/calendar.h"
#include "core/version.h"
#include "text/command.h"
#include "text/zone.h"

struct arguments {
	bool loud, quick, quiet;
	const char *name, *format, *deep;
	struct option_list files;
	uint64_t count;
	int64_t at, version;
	const struct zone *zone;
	const char *other, *needed;
};

#define AT(member) offsetof(struct arguments, member)
#define FIRST .forms = FORM(0)
#define SECOND .forms = FORM(1)

static const struct option options[] = {
	{.name = "loud", .offset = AT(loud)},
	{"name", "NAME", OPTION_TEXT, AT(name), .about = ""},
	{"names-of", "NAME", OPTION_TEXT, AT(deep), .with = "name", .about = ""},
	{"format", "text|html|ics", OPTION_CHOICE, AT(format), .fallback = "text"},
	{"file", "FILE", OPTION_LIST, AT(files), .about = ""},
	{"count", "N", OPTION_NUMBER, AT(count), .least = 1, .most = 100, .fallback = "7"},
	{"at", "TIME", OPTION_TIME, AT(at), .about = ""},
	{"os", "VERSION", OPTION_VERSION, AT(version), .about = ""},
	{"zone", "ZONE", OPTION_ZONE, AT(zone), .about = ""},
	{.name = "quick", .offset = AT(quick), .either = 1},
	{.name = "quiet", .offset = AT(quiet), .either = 1},
	{"other", "FILE", OPTION_TEXT, AT(other), .required = true, SECOND},
	{"needed", "FILE", OPTION_TEXT, AT(needed), .required = true, SECOND},
	{.name = "first-only", .offset = AT(loud), FIRST},
	{.name = "hidden", .offset = AT(loud), .hidden = true},
	{0},
};
static const struct command command = {.name = "test", .operands = {"one|two POLICY [EXTRA...]", ""}, .options = options,
	.size = sizeof(struct arguments)};

static struct arguments got;
static char *argv[32], text[512], error[PARSE_ERROR];
static unsigned count;

/* Parses a line of arguments separated by spaces. */
static enum parsed
parse_line(const struct command *c, const char *line)
{
	int argc = 0;

	got = (struct arguments){0};
	*error = '\0';
	snprintf(text, sizeof text, "%s", line);
	for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
		argv[argc++] = word;
	argv[argc] = NULL;
	return command_parse(c, argc, argv, &got, &count, error);
}

static void
good(const char *line)
{
	enum parsed parsed = parse_line(&command, line);

	if (parsed != PARSED)
		print_error("%s: %s\n", line, error);
	assert_int_equal(parsed, PARSED);
}

static void
bad(const char *line, const char *why)
{
	assert_int_equal(parse_line(&command, line), PARSED_WRONG);
	assert_string_equal(error, why);
}

static void
values(void **state)
{
	int64_t version;

	(void)state;
	good("one policy.yaml --loud --name x --format html --count 100 --at 1970-01-01T00:00:01Z --os 15.2 --zone UTC");
	assert_true(got.loud);
	assert_string_equal(got.name, "x");
	assert_string_equal(got.format, "html");
	assert_int_equal(got.count, 100);
	assert_int_equal(got.at, 1000);
	assert_true(version_parse("15.2", &version) && got.version == version);
	assert_non_null(got.zone);
	assert_int_equal(count, 2);
	assert_string_equal(argv[0], "one");
	assert_string_equal(argv[1], "policy.yaml");
	assert_null(argv[2]);
}

static void
defaults(void **state)
{
	(void)state;
	good("one p");
	assert_string_equal(got.format, "text");
	assert_int_equal(got.count, 7);
	assert_null(got.name);
	assert_int_equal(got.at, 0);
}

static void
ways_to_write(void **state)
{
	(void)state;
	good("--name=x one --count=3 p");
	assert_string_equal(got.name, "x");
	assert_int_equal(got.count, 3);
	good("one p --name=a=b");
	assert_string_equal(got.name, "a=b");
	good("one p --name -x");
	assert_string_equal(got.name, "-x");
	good("--loud -- one --name -");
	assert_int_equal(count, 3);
	assert_string_equal(argv[1], "--name");
	assert_string_equal(argv[2], "-");
	assert_null(got.name);
	good("one p --file a --file=b");
	assert_int_equal(got.files.count, 2);
	assert_string_equal(got.files.items[1], "b");
}

static void
abbreviations(void **state)
{
	(void)state;
	good("one p --fo html --l --co=4");
	assert_string_equal(got.format, "html");
	assert_true(got.loud);
	assert_int_equal(got.count, 4);
	good("one p --name x");		/* not an abbreviation of a longer name */
	assert_string_equal(got.name, "x");
	bad("one p --f x", "option \"--f\" is ambiguous: --format, --file, --first-only");
	bad("one p --qui", "option \"--qui\" is ambiguous: --quick, --quiet");
	bad("one p --hid", "unknown option \"--hid\"");
	good("one p --hidden");
}

static void
help(void **state)
{
	(void)state;
	assert_int_equal(parse_line(&command, "--help"), PARSED_HELP);
	assert_int_equal(parse_line(&command, "one -h"), PARSED_HELP);
	assert_int_equal(parse_line(&command, "one --he --nonsense"), PARSED_HELP);
	bad("--help=x", "option --help takes no value");
	good("one -- --help");
}

static void
unknown(void **state)
{
	(void)state;
	bad("one p --nmae x", "unknown option \"--nmae\" (did you mean \"--name\"?)");
	bad("one p --nonsense=x", "unknown option \"--nonsense\"");
	bad("one p -x", "unknown option \"-x\"");
	bad("one p -name", "unknown option \"-name\" (did you mean \"--name\"?)");
	bad("one p --a\tb", "unknown option \"--a\\tb\"");
}

static void
missing_and_superfluous(void **state)
{
	(void)state;
	bad("one p --name", "option --name needs a value");
	bad("one p --name=", "option --name needs NAME, found \"\"");
	bad("one p --name --loud", "option --name needs a value");
	bad("one p --loud=yes", "option --loud takes no value");
	bad("one p --loud --loud", "option --loud is given twice");
	bad("one p --name a --name a", "option --name is given twice");
	bad("", "missing argument: one|two");
	bad("one", "missing argument: POLICY");
	good("one p a b c");
	bad("one p --file 1 --file 2 --file 3 --file 4 --file 5 --file 6 --file=7 --file=8 --file=9 --file=10 --file=11 --file=12 "
	    "--file=13 --file=14 --file=15 --file=16 --file=17", "option --file is given more than 16 times");
}

static void
of_the_wrong_kind(void **state)
{
	(void)state;
	bad("one p --count 0", "option --count needs a number from 1 to 100, found \"0\"");
	bad("one p --count 101", "option --count needs a number from 1 to 100, found \"101\"");
	bad("one p --count +1", "option --count needs a number from 1 to 100, found \"+1\"");
	bad("one p --count 99999999999999999999", "option --count needs a number from 1 to 100, found \"99999999999999999999\"");
	bad("one p --at noon", "option --at needs a time such as 2026-11-30T09:00:00Z, found \"noon\"");
	bad("one p --os fifteen", "option --os needs a version such as 15.2, found \"fifteen\"");
	bad("one p --zone Europe/Berln",
	    "option --zone needs a time zone such as America/New_York, found \"Europe/Berln\" (did you mean \"Europe/Berlin\"?)");
	bad("one p --format htm", "option --format needs text, html or ics, found \"htm\" (did you mean \"html\"?)");
	bad("one p --format text|html", "option --format needs text, html or ics, found \"text|html\"");
	bad("three p", "expected one or two, found \"three\"");
	bad("one|two p", "expected one or two, found \"one|two\"");
}

static void
together(void **state)
{
	(void)state;
	bad("one p --quick --quiet", "options --quick and --quiet cannot be combined");
	bad("one p --names-of x", "option --names-of needs --name");
	good("one p --names-of x --name y");
	good("--other a --needed b");
	bad("--other a", "missing option: --needed FILE");
	bad("one p --needed b", "unexpected argument \"one\" with --needed");
	bad("--first-only --other a", "options --first-only and --other cannot be combined");
	bad("--other a --first-only", "options --other and --first-only cannot be combined");
}

static void
without_options(void **state)
{
	static const struct command plain = {.name = "plain", .operands = {"FILE"}};

	(void)state;
	assert_int_equal(parse_line(&plain, "a"), PARSED);
	assert_int_equal(parse_line(&plain, "a b"), PARSED_WRONG);
	assert_string_equal(error, "unexpected argument \"b\"");
	assert_int_equal(parse_line(&plain, "--nonsense"), PARSED_WRONG);
	assert_string_equal(error, "unknown option \"--nonsense\"");
}

static int
free_zones(void **state)
{
	(void)state;
	zones_free();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values), cmocka_unit_test(defaults), cmocka_unit_test(ways_to_write),
		cmocka_unit_test(abbreviations), cmocka_unit_test(help), cmocka_unit_test(unknown),
		cmocka_unit_test(missing_and_superfluous), cmocka_unit_test(of_the_wrong_kind), cmocka_unit_test(together),
		cmocka_unit_test(without_options),
	};

	return cmocka_run_group_tests(tests, NULL, free_zones);
}
