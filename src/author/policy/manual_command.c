/* manual - fills a manual page's template, at build time: a line such as `.\" @keys` of standard input becomes what
 * manual.h writes for the table of that name. */
#include <stdio.h>
#include <string.h>

#include "author/fleet/blueprint.h"
#include "manual.h"
#include "words/policy.h"

static void
codes(const struct key *table, FILE *out)
{
	(void)table;
	manual_codes(out);
}

static void
texts(const struct key *table, FILE *out)
{
	(void)table;
	manual_texts(out);
}

static void
spoken(const struct key *table, FILE *out)
{
	(void)table;
	manual_languages(out);
}

static const struct {
	const char *name;
	void (*write)(const struct key *, FILE *);
	const struct key *table;
} parts[] = {
	{"keys", manual_keys, policy_keys},
	{"types", manual_types, policy_keys},
	{"codes", codes, NULL},
	{"texts", texts, NULL},
	{"languages", spoken, NULL},
	{"blueprints", manual_keys, blueprint_keys},
	{"groups", manual_keys, blueprint_group_keys},
	{"policies", manual_keys, blueprint_policy_keys},
	{"rings", manual_keys, blueprint_ring_keys},
};

/* False: the line is text. */
static bool
fill(const char *line)
{
	static const char mark[] = ".\\\" @";
	size_t length = strlen(mark), name = strcspn(line, "\n") - length;

	if (strncmp(line, mark, length) != 0)
		return false;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (strlen(parts[i].name) == name && strncmp(line + length, parts[i].name, name) == 0) {
			parts[i].write(parts[i].table, stdout);
			return true;
		}
	return false;
}

int
main(void)
{
	char line[1024];

	while (fgets(line, sizeof line, stdin))
		if (!fill(line))
			fputs(line, stdout);
	return ferror(stdin) || fflush(stdout) != 0;
}
