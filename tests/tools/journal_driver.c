/* journal_driver - opens, appends to and rotates a journal for the fault tests, and prints what the journal acknowledged.
 * usage: journal_driver FOLDER [first=N] [append=COUNT] [rotate] [reopen] ...
 * Prints, unbuffered: `opened STATE lost=BYTES`, `got N`, `ack N`, `rotated`, `failed WHY`, `refused WHY`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/journal.h"

#define TRIES 3

static const char *const state_name[] = {"new", "whole", "tail-cut", "set-aside"};

static unsigned long next = 1;

static bool
print_got(void *context, const char *line, size_t length)
{
	unsigned long n = strtoul(line + strlen("{\"n\":"), NULL, 10);

	(void)context, (void)length;
	printf("got %lu\n", n);
	next = n + 1;
	return true;
}

static struct journal *
open_journal(const char *folder)
{
	struct journal_report report;
	struct journal *j = journal_open(folder, print_got, NULL, &report);

	if (j)
		printf("opened %s lost=%lu %s\n", state_name[report.state], (unsigned long)report.lost_bytes, report.kept_as);
	else
		printf("refused %s\n", report.error);
	return j;
}

static bool
append_number(struct journal *j, unsigned long n)
{
	char object[64];

	return journal_append(j, object, (size_t)snprintf(object, sizeof object, "{\"n\":%lu,\"what\":\"something\"}", n));
}

/* Opens a failed journal again, as an agent would: it writes nothing more, but reads back what is there. */
static struct journal *
reopen_journal(struct journal *j, const char *folder)
{
	printf("failed %s\n", journal_error(j));
	journal_close(j);
	return open_journal(folder);
}

static struct journal *
run_step(struct journal *j, const char *folder, const char *what)
{
	unsigned long last = 0;

	if (strncmp(what, "first=", 6) == 0) {
		next = strtoul(what + 6, NULL, 10);
	} else if (strncmp(what, "append=", 7) == 0) {
		last = next + strtoul(what + 7, NULL, 10);
		for (int failures = 0; j && next < last && failures < TRIES;) {
			if (append_number(j, next))
				printf("ack %lu\n", next++);
			else
				failures++, j = reopen_journal(j, folder);
		}
	} else if (strcmp(what, "rotate") == 0) {
		if (journal_rotate(j))
			printf("rotated\n");
		else
			j = reopen_journal(j, folder);
	} else if (strcmp(what, "reopen") == 0) {
		journal_close(j);
		j = open_journal(folder);
	}
	return j;
}

int
main(int argc, char **argv)
{
	struct journal *j;

	setvbuf(stdout, NULL, _IOLBF, 0);
	j = argc > 1 ? open_journal(argv[1]) : NULL;
	for (int i = 2; i < argc && j; i++)
		j = run_step(j, argv[1], argv[i]);
	journal_close(j);
	return j ? 0 : 1;
}
