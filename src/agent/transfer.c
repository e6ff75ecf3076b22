/* CURLOPT_PROTOCOLS works in every libcurl; its replacement came with 7.85, and macOS 12 has 7.79. */
#define CURL_DISABLE_DEPRECATION
#include "transfer.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text/memory.h"

#define HEADERS_MAX 65536	/* bytes, over all redirects */

/* --- locations --- */

static char *
copy_text(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(memory_resize(NULL, size), text, size);
}

/* Returns a part of the URL, which the caller frees, or NULL if there is none or it cannot be decoded. */
static char *
url_part(CURLU *url, CURLUPart which, unsigned flags)
{
	char *text = NULL, *ours = NULL;

	if (!curl_url_get(url, which, &text, flags))
		ours = copy_text(text);
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
	return url_part(url, CURLUPART_URL, 0);
}

static bool
split_url(CURLU *url, struct location *s, char reason[LOCATION_REASON])
{
	char *scheme = url_part(url, CURLUPART_SCHEME, 0);
	bool file = scheme && !strcmp(scheme, "file");
	bool web = scheme && (!strcmp(scheme, "http") || !strcmp(scheme, "https"));

	if (file)
		s->path = url_part(url, CURLUPART_PATH, CURLU_URLDECODE);
	if (file || web)
		s->shown = without_secrets(url);
	else
		snprintf(reason, LOCATION_REASON, "expected a path, or an https, http or file URL, found scheme \"%.40s\"",
			scheme ? scheme : "");
	free(scheme);
	return s->shown && (web || s->path);
}

bool
location_parse(const char *text, struct location *s, char reason[LOCATION_REASON])
{
	CURLU *url;
	bool good;

	*s = (struct location){0};
	if (!strstr(text, "://")) {
		s->path = copy_text(text);
		s->shown = copy_text(text);
		return true;
	}
	snprintf(reason, LOCATION_REASON, "not a URL");
	url = curl_url();
	if (!url)
		memory_out();
	good = !curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) && split_url(url, s, reason);
	curl_url_cleanup(url);
	return good;
}

void
location_free(struct location *s)
{
	free(s->path);
	free(s->shown);
	*s = (struct location){0};
}

/* --- transfers --- */

struct transfer {
	struct ev_loop *loop;
	ev_timer timer;			/* libcurl's next time-out; or reports `refused` from the loop */
	CURLM *multi;
	CURL *easy;
	struct curl_slist *headers;
	CURLcode refused;		/* why libcurl refused the request before sending it; 0: it did not */
	size_t limit, room, headers_seen;
	bool conditional, too_long;
	char error[CURL_ERROR_SIZE];
	char *body;
	struct transfer_result result;
	transfer_done *done;
	void *context;
};

static void
describe_failure(struct transfer *t, long status, CURLcode code)
{
	char *error = t->result.error;

	if (t->too_long || code == CURLE_FILESIZE_EXCEEDED)
		snprintf(error, TRANSFER_REASON, "more than %zu bytes", t->limit);
	else if (t->headers_seen > HEADERS_MAX)
		snprintf(error, TRANSFER_REASON, "more than %d bytes of headers", HEADERS_MAX);
	else if (!code || code == CURLE_HTTP_RETURNED_ERROR)
		snprintf(error, TRANSFER_REASON, "the server answered %ld", status);
	else
		snprintf(error, TRANSFER_REASON, "%s", t->error[0] ? t->error : curl_easy_strerror(code));
}

static void
finish_transfer(struct transfer *t, CURLcode code)
{
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	t->result.unchanged = !code && status == 304 && t->conditional;
	if (code || (status != 200 && !t->result.unchanged))
		describe_failure(t, status, code);
	t->result.body = t->body ? t->body : "";
	t->done(t->context, &t->result);
}

/* Lets libcurl continue. May free the transfer. */
static void
run_curl(struct transfer *t, curl_socket_t socket, int what)
{
	int running, left;
	CURLMsg *message;
	CURLMcode code = curl_multi_socket_action(t->multi, socket, what, &running);

	if (code) {
		snprintf(t->error, sizeof t->error, "%s", curl_multi_strerror(code));
		finish_transfer(t, CURLE_FAILED_INIT);
		return;
	}
	while ((message = curl_multi_info_read(t->multi, &left)))
		if (message->msg == CURLMSG_DONE) {
			finish_transfer(t, message->data.result);
			return;
		}
}

static void
on_due(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct transfer *t = timer->data;

	(void)loop, (void)events;
	if (t->refused)
		finish_transfer(t, t->refused);
	else
		run_curl(t, CURL_SOCKET_TIMEOUT, 0);
}

static void
set_timer(struct transfer *t, double seconds)
{
	ev_timer_stop(t->loop, &t->timer);
	ev_timer_set(&t->timer, seconds, 0.);
	ev_timer_start(t->loop, &t->timer);
}

static int
on_timeout_wanted(CURLM *multi, long ms, void *context)
{
	struct transfer *t = context;

	(void)multi;
	if (ms < 0)
		ev_timer_stop(t->loop, &t->timer);
	else
		set_timer(t, (double)ms / 1000.);
	return 0;
}

static void
on_ready(struct ev_loop *loop, ev_io *io, int events)
{
	int what = (events & EV_READ ? CURL_CSELECT_IN : 0) | (events & EV_WRITE ? CURL_CSELECT_OUT : 0);

	(void)loop;
	run_curl(io->data, io->fd, what);
}

/* Called by libcurl to watch a socket for reading or writing, or no longer. Each watched socket has an ev_io of its
 * own. */
static int
on_watch_wanted(CURL *easy, curl_socket_t socket, int what, void *context, void *assigned)
{
	struct transfer *t = context;
	ev_io *io = assigned;

	(void)easy;
	if (io)
		ev_io_stop(t->loop, io);
	if (what == CURL_POLL_REMOVE) {
		free(io);
		return 0;
	}
	if (!io)
		io = memory_resize(NULL, sizeof *io);
	ev_io_init(io, on_ready, socket, (what & CURL_POLL_IN ? EV_READ : 0) | (what & CURL_POLL_OUT ? EV_WRITE : 0));
	io->data = t;
	ev_io_start(t->loop, io);
	curl_multi_assign(t->multi, socket, io);
	return 0;
}

/* A driver started meanwhile must not inherit the connection. */
static int
on_socket_made(void *context, curl_socket_t socket, curlsocktype purpose)
{
	(void)context, (void)purpose;
	return fcntl(socket, F_SETFD, FD_CLOEXEC) ? CURL_SOCKOPT_ERROR : CURL_SOCKOPT_OK;
}

/* Copies the header's value to out if the line has this name. A value that is too long, or has bytes that cannot be
 * sent back, counts as empty. */
static void
read_header(const char *line, size_t length, const char *name, char *out, size_t size)
{
	size_t skip = strlen(name);

	if (length < skip || strncasecmp(line, name, skip))
		return;
	while (skip < length && (line[skip] == ' ' || line[skip] == '\t'))
		skip++;
	while (length > skip && strchr(" \t\r\n", line[length - 1]))
		length--;
	memset(out, 0, size);
	if (length - skip >= size)
		return;
	for (size_t i = skip; i < length; i++)
		if (line[i] < ' ' || line[i] > '~')
			return;
	memcpy(out, line + skip, length - skip);
}

static size_t
on_header(char *line, size_t one, size_t length, void *context)
{
	struct transfer *t = context;
	struct validators *v = &t->result.validators;

	(void)one;
	t->headers_seen += length;
	if (t->headers_seen > HEADERS_MAX)
		return 0;
	/* A new response begins: headers so far belonged to a redirect or an interim response. */
	if (length > 5 && !memcmp(line, "HTTP/", 5))
		*v = (struct validators){0};
	read_header(line, length, "etag:", v->etag, sizeof v->etag);
	read_header(line, length, "last-modified:", v->modified, sizeof v->modified);
	return length;
}

/* Counts the bytes received: Content-Length may be missing, wrong, or that of the compressed body. */
static size_t
on_body(char *bytes, size_t one, size_t length, void *context)
{
	struct transfer *t = context;
	size_t have = t->result.length;

	(void)one;
	t->too_long = length > t->limit - have;
	if (t->too_long)
		return 0;
	if (have + length >= t->room) {
		t->room = 2 * (have + length) + 1024;
		t->body = memory_resize(t->body, t->room);
	}
	memcpy(t->body + have, bytes, length);
	t->result.length = have + length;
	t->body[t->result.length] = '\0';
	return length;
}

static CURLcode
set_numbers(CURL *easy, const struct fetch_settings *s)
{
	const struct {
		CURLoption option;
		long value;
	} numbers[] = {
		{CURLOPT_NOSIGNAL, 1},
		{CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS},
		{CURLOPT_REDIR_PROTOCOLS, CURLPROTO_HTTPS},
		{CURLOPT_FOLLOWLOCATION, 1},
		{CURLOPT_MAXREDIRS, 5},
		{CURLOPT_FAILONERROR, 1},
		{CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
		{CURLOPT_TIMEOUT_MS, (long)(s->timeout * 1000)},
		{CURLOPT_CONNECTTIMEOUT_MS, (long)(s->stall * 1000)},
		{CURLOPT_LOW_SPEED_LIMIT, 1},
		{CURLOPT_LOW_SPEED_TIME, (long)(s->stall + .999)},
	};
	CURLcode code = CURLE_OK;

	for (size_t i = 0; !code && i < sizeof numbers / sizeof *numbers; i++)
		code = curl_easy_setopt(easy, numbers[i].option, numbers[i].value);
	/* Without this, giving up on a name server blocks the loop until the resolver's thread ends. */
#if LIBCURL_VERSION_NUM >= 0x075700
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
	return code;
}

/* The curl command reads these variables, in this order, for its certificates; the library does not. */
static CURLcode
set_texts(CURL *easy, const struct fetch_settings *s)
{
	const char *bundle = s->ca_bundle ? s->ca_bundle : getenv("CURL_CA_BUNDLE");
	const struct {
		CURLoption option;
		const char *value;
	} texts[] = {
		{CURLOPT_URL, s->url},
		{CURLOPT_USERAGENT, s->user_agent ? s->user_agent : "lastcall"},
		{CURLOPT_ACCEPT_ENCODING, "gzip"},
		{CURLOPT_PROXY, s->proxy},
		{CURLOPT_CAINFO, bundle ? bundle : getenv("SSL_CERT_FILE")},
		{CURLOPT_CAPATH, bundle ? NULL : getenv("SSL_CERT_DIR")},
	};
	CURLcode code = CURLE_OK;

	for (size_t i = 0; !code && i < sizeof texts / sizeof *texts; i++)
		if (texts[i].value)
			code = curl_easy_setopt(easy, texts[i].option, texts[i].value);
	return code;
}

static void
set_callbacks(struct transfer *t)
{
	curl_easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->error);
	curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_SOCKOPTFUNCTION, on_socket_made);
	curl_easy_setopt(t->easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)t->limit);
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
	curl_multi_setopt(t->multi, CURLMOPT_SOCKETFUNCTION, on_watch_wanted);
	curl_multi_setopt(t->multi, CURLMOPT_SOCKETDATA, t);
	curl_multi_setopt(t->multi, CURLMOPT_TIMERFUNCTION, on_timeout_wanted);
	curl_multi_setopt(t->multi, CURLMOPT_TIMERDATA, t);
}

static void
add_condition(struct transfer *t, const char *header, const char *value)
{
	char line[sizeof(struct validators)];
	struct curl_slist *longer;

	if (!value[0])
		return;
	snprintf(line, sizeof line, "%s: %s", header, value);
	longer = curl_slist_append(t->headers, line);
	if (!longer)
		memory_out();
	t->headers = longer;
	t->conditional = true;
}

struct transfer *
transfer_new(struct ev_loop *loop, const struct fetch_settings *s, const struct validators *known, transfer_done *done,
	void *context)
{
	struct transfer *t = memory_resize(NULL, sizeof *t);

	*t = (struct transfer){.loop = loop, .limit = s->limit, .done = done, .context = context};
	ev_timer_init(&t->timer, on_due, 0., 0.);
	t->timer.data = t;
	t->easy = curl_easy_init();
	t->multi = curl_multi_init();
	if (!t->easy || !t->multi)
		memory_out();
	add_condition(t, "If-None-Match", known->etag);
	add_condition(t, "If-Modified-Since", known->modified);
	set_callbacks(t);
	t->refused = set_numbers(t->easy, s);
	if (!t->refused)
		t->refused = set_texts(t->easy, s);
	if (!t->refused && curl_multi_add_handle(t->multi, t->easy))
		t->refused = CURLE_FAILED_INIT;
	if (t->refused)
		set_timer(t, 0.);
	return t;
}

void
transfer_free(struct transfer *t)
{
	if (!t)
		return;
	curl_multi_remove_handle(t->multi, t->easy);
	curl_easy_cleanup(t->easy);
	curl_multi_cleanup(t->multi);
	ev_timer_stop(t->loop, &t->timer);
	curl_slist_free_all(t->headers);
	free(t->body);
	free(t);
}
