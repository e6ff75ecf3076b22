/* calendar_probe - compares the calendar with an oracle's answers, one a line on standard input:
 *
 *	zone America/New_York
 *	@ 1733353200 2024-12-04 18:00:00 -18000 EST	an instant, and what clocks show then
 *	= 2024-03-10 02:30:00 skipped 1710054000	a local time, and its instant
 *
 * Prints the lines that differ, each followed by our answer, then "N lines, N differ". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/zone.h"

static const struct zone *zone;

static void
answer_instant(const char *line, char *out, size_t size)
{
	struct civil c;
	const char *abbreviation;
	int32_t offset;
	long long at = strtoll(line + 2, NULL, 10);

	calendar_local(at * SECOND_MS, zone, &c, &abbreviation, &offset);
	snprintf(out, size, "@ %lld %04d-%02d-%02d %02d:%02d:%02d %d %s", at, c.year, c.month, c.day, c.hour, c.minute,
		c.second, (int)offset, abbreviation);
}

static void
answer_local(const char *line, char *out, size_t size)
{
	static const char *const word[] = {"once", "skipped", "twice"};
	struct civil c = {0};
	int64_t at = 0;
	enum local_time times;

	if (sscanf(line, "= %d-%d-%d %d:%d:%d", &c.year, &c.month, &c.day, &c.hour, &c.minute, &c.second) != 6 ||
	    !calendar_valid(&c)) {
		snprintf(out, size, "unusable");
		return;
	}
	times = calendar_instant(&c, zone, &at);
	snprintf(out, size, "= %04d-%02d-%02d %02d:%02d:%02d %s %lld", c.year, c.month, c.day, c.hour, c.minute,
		c.second, word[times], (long long)(at / SECOND_MS));
}

int
main(void)
{
	char line[200], ours[200];
	const char *why = "";
	unsigned lines = 0, differ = 0;

	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		lines++;
		snprintf(ours, sizeof ours, "%s", "unusable");
		if (strncmp(line, "zone ", 5) == 0) {
			zone = zone_load(line + 5, &why);
			snprintf(ours, sizeof ours, "%.100s", zone ? line : why);
		} else if (zone && line[0] == '@') {
			answer_instant(line, ours, sizeof ours);
		} else if (zone && line[0] == '=') {
			answer_local(line, ours, sizeof ours);
		}
		if (strcmp(line, ours) != 0 && differ++ < 20)
			printf("%s: expected %s\n\tfound %s\n", zone ? zone->name : "", line, ours);
	}
	printf("%u lines, %u differ\n", lines, differ);
	zones_free();
	return differ > 0;
}
