#include "source.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"

static char *
copy(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(memory_resize(NULL, size), text, size);
}

/* In our own memory; NULL: the URL has no such part, or one that cannot be decoded. */
static char *
part(CURLU *url, CURLUPart which, unsigned flags)
{
	char *text = NULL, *ours = NULL;

	if (!curl_url_get(url, which, &text, flags))
		ours = copy(text);
	curl_free(text);
	return ours;
}

static char *
without_secrets(CURLU *url)
{
	static const CURLUPart secret[] = {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_QUERY,
		CURLUPART_FRAGMENT};

	for (size_t i = 0; i < sizeof secret / sizeof *secret; i++)
		curl_url_set(url, secret[i], NULL, 0);
	return part(url, CURLUPART_URL, 0);
}

static bool
take_apart(CURLU *url, struct source *s, char reason[SOURCE_REASON])
{
	char *scheme = part(url, CURLUPART_SCHEME, 0);
	bool file = scheme && !strcmp(scheme, "file");
	bool web = scheme && (!strcmp(scheme, "http") || !strcmp(scheme, "https"));

	if (file)
		s->path = part(url, CURLUPART_PATH, CURLU_URLDECODE);
	if (file || web)
		s->shown = without_secrets(url);
	else
		snprintf(reason, SOURCE_REASON, "expected a path, or an https, http or file URL, found scheme \"%.40s\"",
			scheme ? scheme : "");
	free(scheme);
	return s->shown && (web || s->path);
}

bool
source_parse(const char *text, struct source *s, char reason[SOURCE_REASON])
{
	CURLU *url;
	bool good;

	*s = (struct source){0};
	if (!strstr(text, "://")) {
		s->path = copy(text);
		s->shown = copy(text);
		return true;
	}
	snprintf(reason, SOURCE_REASON, "not a URL");
	url = curl_url();
	if (!url)
		memory_out();
	good = !curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) && take_apart(url, s, reason);
	curl_url_cleanup(url);
	return good;
}

void
source_free(struct source *s)
{
	free(s->path);
	free(s->shown);
	*s = (struct source){0};
}
