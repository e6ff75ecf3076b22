#include "lines.h"

static void
hand_over(struct lines *l, bool cut, lines_line *line, void *context)
{
	l->held[l->length] = '\0';
	l->length = 0;
	line(context, l->held, cut);
}

static void
take(struct lines *l, char c, lines_line *line, void *context)
{
	if (c == '\n' || c == '\r') {
		if (l->length)
			hand_over(l, false, line, context);
		l->skipping = false;
		return;
	}
	if (l->skipping)
		return;
	l->held[l->length++] = c ? c : ' ';
	if (l->length == LINES_LONGEST) {
		l->skipping = true;
		hand_over(l, true, line, context);
	}
}

void
lines_take(struct lines *l, const char *bytes, size_t length, lines_line *line, void *context)
{
	for (size_t i = 0; i < length; i++)
		take(l, bytes[i], line, context);
}

void
lines_finish(struct lines *l, lines_line *line, void *context)
{
	if (l->length)
		hand_over(l, false, line, context);
}
