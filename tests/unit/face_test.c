/* The face, drawn: each scene in each size is a golden file under tests/face/drawn. BLESS=1 writes them anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/cli/face.h"
#include "../../src/core/version.h"

#define DEADLINE INT64_C(1796421600000)	/* 2026-12-04T22:00:00Z, a Friday, 17:00 in New York */

static const int32_t five_hours = -5 * 3600;
static const uint8_t first_name = 0;
static const struct zone new_york = {.name = "America/New_York", .offset = &five_hours, .abbreviation = &first_name,
	.names = "EST", .types = 1};

static struct view
view(enum state state)
{
	return (struct view){.state = state, .cache = ST_CACHED, .badge = true, .offered = true,
		.required = version_make(15, 2, 0, 0), .target = version_make(15, 3, 0, 0), .deadline = DEADLINE, .left = -1,
		.progress = -1};
}

static void
banner(struct face *f)
{
	f->view = view(ST_NOTIFY_WINDOW_BANNER);
	f->view.banner = BANNER_UPDATE;
	f->view.start_now = f->view.learn_more = true;
	f->view.reminds = 2;
	f->view.remind[0] = HOUR_MS;
	f->view.remind[1] = DAY_MS;
	f->now = DEADLINE - 5 * DAY_MS;
}

static void
info(struct face *f)
{
	banner(f);
	f->view.screen = SCREEN_INFO;
	f->now += 90 * MINUTE_MS;
}

static void
snoozed(struct face *f)
{
	f->view = view(ST_NOTIFY_WINDOW_SNOOZED);
	f->view.start_now = f->view.learn_more = true;
	f->now = DEADLINE - 4 * DAY_MS;
	f->view.reminder = f->now + DAY_MS;
}

static void
timer(struct face *f)
{
	f->view = view(ST_COUNTDOWN_OPEN);
	f->view.screen = SCREEN_TIMER;
	f->view.start_now = f->view.learn_more = true;
	f->view.left = 29 * MINUTE_MS + 30 * SECOND_MS;
	f->now = DEADLINE + 30 * SECOND_MS;
}

static void
warning(struct face *f)
{
	timer(f);
	f->view.state = ST_COUNTDOWN_CLOSED;
	f->view.screen = SCREEN_NONE;
	f->view.banner = BANNER_WARNING;
	f->view.open_timer = true;
	f->view.left = 20 * MINUTE_MS;
	f->now = DEADLINE + 10 * MINUTE_MS;
}

static void
closed(struct face *f)
{
	warning(f);
	f->view.banner = BANNER_NONE;
}

static void
progress(struct face *f)
{
	f->view = view(ST_INSTALLING_UPDATING);
	f->view.screen = SCREEN_PROGRESS;
	f->view.progress = 42;
	f->now = DEADLINE + 37 * MINUTE_MS;
}

static void
failed(struct face *f)
{
	f->view = view(ST_FAILED);
	f->view.banner = BANNER_FAILED;
	f->view.start_now = f->view.learn_more = true;
	f->now = DEADLINE + 3 * HOUR_MS;
}

static void
restarting(struct face *f)
{
	progress(f);
	f->down = "This device restarts …";
}

static void
verified(struct face *f)
{
	f->view = (struct view){.state = ST_IDLE, .left = -1, .progress = -1};
	f->now = DEADLINE + HOUR_MS;
	f->has_report = true;
	f->report = (struct effect){.kind = FX_REPORT, .outcome = OUTCOME_VERIFIED, .version = version_make(15, 3, 0, 0)};
}

static void
nothing(struct face *f)
{
	verified(f);
	f->has_report = false;
}

static const struct scene {
	const char *name;
	void (*set)(struct face *);
} scenes[] = {
	{"banner", banner}, {"info", info}, {"snoozed", snoozed}, {"timer", timer}, {"warning", warning},
	{"closed", closed}, {"progress", progress}, {"failed", failed}, {"restarting", restarting},
	{"verified", verified}, {"nothing", nothing},
};

static struct face
face_of(const struct scene *s)
{
	struct face f = {.zone = &new_york, .os = "macOS", .asked_by = "Engineering laptops",
		.installed = version_make(15, 1, 0, 0), .length = 30 * MINUTE_MS, .close_apps = true, .pace = "1 day = 4 s"};

	s->set(&f);
	for (int i = 1; i <= FACE_LOG + 1; i++) {
		char line[FACE_LINE];

		snprintf(line, sizeof line, "Sun 29 Nov 17:0%d  ● banner   line %d", i, i);
		face_log(&f, line);
	}
	return f;
}

static char *
drawn(const struct face *f, int width, int height, struct look look)
{
	struct grid g;
	size_t size = 1, row = GRID_ROW_BYTES((size_t)width);
	char *text = calloc((size_t)height, row + 1), *at = text;

	assert_non_null(text);
	(void)size;
	grid_init(&g, width, height);
	face_draw(f, &g);
	for (int y = 0; y < height; y++) {
		size_t length = grid_row(&g, y, look, at);

		assert_true(length < row);
		at += length;
		*at++ = '\n';
	}
	*at = '\0';
	grid_free(&g);
	return text;
}

/* The golden file's text; NULL when there is none. */
static char *
golden(const char *name, const char *bless)
{
	const char *root = getenv("ROOT");
	char path[1024], *text;
	size_t length;
	FILE *file;

	snprintf(path, sizeof path, "%s/tests/face/drawn/%s", root ? root : ".", name);
	if (getenv("BLESS")) {
		file = fopen(path, "w");
		assert_non_null(file);
		fputs(bless, file);
		fclose(file);
	}
	file = fopen(path, "r");
	if (!file)
		return NULL;
	text = calloc(1, 1 << 20);
	assert_non_null(text);
	length = fread(text, 1, (1 << 20) - 1, file);
	text[length] = '\0';
	fclose(file);
	return text;
}

static void
compare(const struct face *f, const char *scene, int width, int height, const char *kind, struct look look)
{
	char name[256], *is = drawn(f, width, height, look), *should;

	snprintf(name, sizeof name, "%s-%dx%d%s.txt", scene, width, height, kind);
	should = golden(name, is);
	if (!should || strcmp(is, should))
		fail_msg("tests/face/drawn/%s differs; it is now:\n%s", name, is);
	free(is);
	free(should);
}

/* Without escapes: what is plain has no style to say. */
static void
strip(char *text)
{
	char *to = text;

	for (; *text; text++) {
		if (*text == '\033')
			while (*text != 'm')
				text++;
		else
			*to++ = *text;
	}
	*to = '\0';
}

static void
draws_every_scene(void **state)
{
	static const int sizes[][2] = {{80, 24}, {60, 20}, {40, 12}, {38, 4}};

	(void)state;
	for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
		struct face f = face_of(&scenes[i]);

		for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
			char name[256], *is = drawn(&f, sizes[k][0], sizes[k][1], (struct look){false, true}), *should;

			strip(is);
			snprintf(name, sizeof name, "%s-%dx%d.txt", scenes[i].name, sizes[k][0], sizes[k][1]);
			should = golden(name, is);
			if (!should || strcmp(is, should))
				fail_msg("tests/face/drawn/%s differs; it is now:\n%s", name, is);
			free(is);
			free(should);
		}
	}
}

static void
draws_in_colour_and_ascii(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
		struct face f = face_of(&scenes[i]);

		if (scenes[i].set != banner && scenes[i].set != timer && scenes[i].set != progress)
			continue;
		compare(&f, scenes[i].name, 80, 24, "-colour", (struct look){true, true});
		compare(&f, scenes[i].name, 80, 24, "-mono", (struct look){false, true});
		compare(&f, scenes[i].name, 80, 24, "-ascii", (struct look){false, false});
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_every_scene),
		cmocka_unit_test(draws_in_colour_and_ascii),
	};

	return cmocka_run_group_tests_name("face", tests, NULL, NULL);
}
