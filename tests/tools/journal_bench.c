/* journal_bench - measures recovery: makes a journal of LINES lines and opens it.
 * usage: journal_bench [LINES]; prints `journal_recovery_ms MS`. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "agent/journal.h"
#include "text/trace/seal.h"

static bool
count_line(void *context, const char *line, size_t length)
{
	(void)line, (void)length;
	++*(uint64_t *)context;
	return true;
}

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool
make_journal(const char *path, uint64_t lines)
{
	FILE *file = fopen(path, "w");
	char object[SEAL_OBJECT_MAX], line[SEALED_MAX];

	for (uint64_t seq = 1; file && seq <= lines; seq++) {
		int length = snprintf(object, sizeof object,
			"{\"at\":\"2026-11-30T15:10:00Z\",\"event\":\"progress\",\"awake\":%lu,\"percent\":%lu}",
			(unsigned long)seq, (unsigned long)(seq % 101));

		fwrite(line, 1, seal_line(object, (size_t)length, seq, line), file);
	}
	return file && chmod(path, 0600) == 0 && fclose(file) == 0;
}

int
main(int argc, char **argv)
{
	uint64_t lines = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000, counted = 0;
	char folder[] = "/tmp/journal_bench.XXXXXX", path[64];
	struct journal_report report;
	struct journal *j;
	double start;

	if (!mkdtemp(folder))
		return 1;
	snprintf(path, sizeof path, "%s/journal", folder);
	if (make_journal(path, lines)) {
		start = now_ms();
		j = journal_open(folder, count_line, &counted, &report);
		if (j && counted == lines)
			printf("journal_recovery_ms %.1f\n", now_ms() - start);
		journal_close(j);
	}
	unlink(path);
	rmdir(folder);
	return counted == lines ? 0 : 1;
}
