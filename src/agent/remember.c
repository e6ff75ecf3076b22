/* remember - what this device keeps in mind of the feeds it has seen: deadlines follow from it, so it outlives the
 * agent. A memory that is lost begins afresh. */
#include <stdio.h>
#include <stdlib.h>

#include "host.h"
#include "platform/log.h"
#include "text/store.h"

#define BYTES (1u << 20)

static void
path_of(const struct agent *a, char path[1024])
{
	snprintf(path, 1024, "%s/knowledge", a->settings.state);
}

void
host_recall(struct agent *a)
{
	struct validators ignored;
	char path[1024], *text;
	size_t length;

	path_of(a, path);
	text = store_read(path, BYTES, &ignored, &length);
	if (text)
		knowledge_read(&a->knowledge, text);
	free(text);
}

void
host_remember(struct agent *a)
{
	struct validators none = {.source = 0};
	char path[1024], *text;
	size_t length;

	path_of(a, path);
	text = knowledge_text(&a->knowledge, &length);
	if (!store_write(path, &none, text, length))
		log_say(LEVEL_WARNING, "cannot save feed knowledge", "file", path, NULL);
	free(text);
}
