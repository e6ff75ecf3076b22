/* lengthen - adds events to an agent's journal, as if the agent had run for longer, so that recovery can be measured.
 * usage: lengthen JOURNAL EVENTS */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/file.h"
#include "text/trace/seal.h"
#include "text/trace/trace.h"

/* Reads the last line with both clocks, and the number of the journal's last line. Returns false if no line has both. */
static bool
read_last(const char *path, struct trace_line *last, uint64_t *seq)
{
	struct messages complaints = {0};
	size_t length;
	char *text = file_read(path, 1 << 20, &length, &complaints), *rest = text, *line;
	struct trace_line one = {0};

	while (rest && (line = strsep(&rest, "\n")) && *line) {
		if (trace_decode(line, strlen(line), path, 1, &one, &complaints) && one.has_awake)
			*last = one;
		*seq = seal_seq(line, strlen(line));
	}
	message_free(&complaints);
	free(text);
	return *seq && last->has_awake;
}

static void
append(FILE *journal, const struct trace_line *line, uint64_t seq)
{
	char object[TRACE_LINE_MAX], sealed[SEALED_MAX];
	size_t length = trace_encode(line, object);

	fwrite(sealed, 1, seal_line(object, length, seq, sealed), journal);
}

int
main(int argc, char **argv)
{
	struct trace_line last = {0}, line = {.kind = LINE_EVENT, .has_awake = true, .event.kind = EV_PROGRESS};
	uint64_t seq = 0, count = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
	FILE *journal;

	if (!count || !read_last(argv[1], &last, &seq) || !(journal = fopen(argv[1], "a")))
		return 2;
	for (uint64_t i = 0; i < count; i++) {
		line.at = last.at;
		line.awake = last.awake;
		line.event.percent = (int64_t)(i % 101);
		append(journal, &line, ++seq);
	}
	return fclose(journal) != 0;
}
