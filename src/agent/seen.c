/* seen - which exploited holes this device has heard of, and since when: a deadline may follow from it, so it outlives
 * the agent. A memory that is lost begins afresh, which gives people more time and never less. */
#include <stdio.h>
#include <stdlib.h>

#include "host.h"
#include "log.h"
#include "store.h"

#define SEEN_BYTES (256u << 10)

static void
path_of(const struct agent *a, char path[1024])
{
	snprintf(path, 1024, "%s/seen", a->settings.state);
}

void
host_recall_seen(struct agent *a)
{
	struct validators ignored;
	char path[1024], *text;
	size_t length;

	path_of(a, path);
	text = store_read(path, SEEN_BYTES, &ignored, &length);
	if (text)
		sightings_read(&a->sightings, text);
	free(text);
}

void
host_note_seen(struct agent *a)
{
	struct validators none = {.source = 0};
	char path[1024], *text;
	size_t length;

	if (!sightings_note(&a->sightings, a->releases ? releases_feed(a->releases) : NULL, a->device.version, host_now(a).at))
		return;
	path_of(a, path);
	text = sightings_text(&a->sightings, &length);
	if (!store_write(path, &none, text, length))
		log_say(LEVEL_WARNING, "exploited releases seen cannot be kept", "file", path, NULL);
	free(text);
}
