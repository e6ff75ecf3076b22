#include "source.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A copy in our own memory, or NULL. */
static char *
part(CURLU *url, CURLUPart which, unsigned flags)
{
	char *text = NULL, *copy = NULL;

	if (!curl_url_get(url, which, &text, flags))
		copy = strdup(text);
	curl_free(text);
	return copy;
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
	bool file = scheme && !strcmp(scheme, "file"), web = scheme && (!strcmp(scheme, "http") || !strcmp(scheme, "https"));

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
	CURLUcode code;
	bool good;

	*s = (struct source){0};
	snprintf(reason, SOURCE_REASON, "out of memory");
	if (!strstr(text, "://")) {
		s->path = strdup(text);
		s->shown = strdup(text);
		return s->path && s->shown;
	}
	url = curl_url();
	code = url ? curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) : CURLUE_OUT_OF_MEMORY;
	if (code)
		snprintf(reason, SOURCE_REASON, "not a URL (libcurl's code %d)", (int)code);
	good = !code && take_apart(url, s, reason);
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
