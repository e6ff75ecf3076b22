#include "knowledge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "text/instant.h"
#include "text/memory.h"

#define LINE (POLICY_NAME + INSTANT_TEXT + VERSION_TEXT)

/* Reads "seen TIME VERSION" or "held POLICY VERSION". A version may contain a space. */
static void
read_line(struct knowledge *k, char *line)
{
	char *word = strchr(line, ' '), *rest = word ? strchr(word + 1, ' ') : NULL;
	int64_t version, at;

	if (!rest || !version_parse(rest + 1, &version))
		return;
	*word++ = *rest = '\0';
	if (strcmp(line, "seen") == 0 && instant_parse(word, &at))
		knowledge_add(k, version, at);
	if (strcmp(line, "held") == 0 && strlen(word) < sizeof k->held.policy) {
		k->held = (struct held){.version = version};
		strcpy(k->held.policy, word);
	}
}

void
knowledge_read(struct knowledge *k, const char *text)
{
	char line[LINE];

	while (*text) {
		size_t length = strcspn(text, "\n");

		if (length < sizeof line) {
			memcpy(line, text, length);
			line[length] = '\0';
			read_line(k, line);
		}
		text += length + (text[length] == '\n');
	}
}

char *
knowledge_text(const struct knowledge *k, size_t *length)
{
	char *text = memory_resize(NULL, (k->seen_count + 1) * LINE + 1), at[INSTANT_TEXT], version[VERSION_TEXT];
	size_t used = 0;

	for (uint32_t i = 0; i < k->seen_count; i++)
		used += (size_t)sprintf(text + used, "seen %s %s\n", instant_format(k->seen[i].at, at),
			version_format(k->seen[i].version, version));
	if (k->held.version)
		used += (size_t)sprintf(text + used, "held %s %s\n", k->held.policy, version_format(k->held.version, version));
	text[used] = '\0';
	*length = used;
	return text;
}
