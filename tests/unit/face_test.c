/* The terminal face: each scene in each size is compared with a file in tests/face/drawn, which BLESS=1 writes. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "face/terminal/face.h"
#include "core/version.h"

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
	f->down = "This device is restarting …";
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
	struct face f = {.zone = &new_york, .os = "macOS", .policy_label = "Engineering laptops",
		.installed = version_make(15, 1, 0, 0), .countdown = 30 * MINUTE_MS, .close_apps = true, .pace = "1 day = 4 s"};

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
	size_t row = GRID_ROW_BYTES(width);
	char *text = calloc((size_t)height, row + 1), *at = text;

	assert_non_null(text);
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

/* Returns the expected text, or NULL if there is no such file. */
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

/* Removes escape sequences. */
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
compare(const struct face *f, const char *scene, int width, int height, const char *kind, struct look look)
{
	char name[256], *is = drawn(f, width, height, look), *should;

	if (strlen(kind) < 4)	/* no kind, or a language */
		strip(is);
	snprintf(name, sizeof name, "%s-%dx%d%s.txt", scene, width, height, kind);
	should = golden(name, is);
	if (!should || strcmp(is, should))
		fail_msg("tests/face/drawn/%s differs; it is now:\n%s", name, is);
	free(is);
	free(should);
}

static void
draws_every_scene(void **state)
{
	static const int sizes[][2] = {{80, 24}, {60, 20}, {40, 12}, {38, 4}};

	(void)state;
	for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
		struct face f = face_of(&scenes[i]);

		for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
			compare(&f, scenes[i].name, sizes[k][0], sizes[k][1], "", (struct look){false, true});
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

/* Draws scenes in other languages, at the usual size and a narrow one, if the locale knows wide characters. */
static void
draws_every_language(void **state)
{
	static const int sizes[][2] = {{80, 24}, {40, 12}};

	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	for (const struct language *const *l = languages + 1; *l; l++)
		for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
			struct face f = face_of(&scenes[i]);
			struct texts texts;
			char kind[8];

			if (scenes[i].set != banner && scenes[i].set != info && scenes[i].set != timer && scenes[i].set != snoozed)
				continue;
			texts_choose("", (*l)->tag, &texts);
			f.texts = &texts;
			snprintf(kind, sizeof kind, "-%s", (*l)->tag);
			for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
				compare(&f, scenes[i].name, sizes[k][0], sizes[k][1], kind, (struct look){false, true});
		}
	setlocale(LC_CTYPE, "C");
}

/* At any size, every row fits and nothing is written outside. */
static void
fits_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
		struct face f = face_of(&scenes[i]);

		f.policy_label = "A label that is as long as a label can be, which is longer than any window of this face is wide, so it wraps";
		for (int width = 1; width < 130; width += 3)
			for (int height = 1; height < 50; height += 2)
				free(drawn(&f, width, height, (struct look){true, true}));
	}
}

static void
keys_are_those_of_the_view(void **state)
{
	struct face f = face_of(&scenes[0]);
	struct event e;

	(void)state;
	assert_true(face_key(&f.view, '1', &e));
	assert_int_equal(e.kind, EV_REMIND);
	assert_int_equal(e.for_, HOUR_MS);
	assert_true(face_key(&f.view, '2', &e));
	assert_int_equal(e.for_, DAY_MS);
	assert_false(face_key(&f.view, '3', &e));
	assert_true(face_key(&f.view, 'l', &e));
	assert_int_equal(e.kind, EV_LEARN_MORE);
	assert_true(face_key(&f.view, 'x', &e));
	assert_int_equal(e.kind, EV_DISMISSED);
	assert_false(face_key(&f.view, 'w', &e));
	assert_false(face_key(&f.view, 't', &e));
	assert_false(face_key(&f.view, 0, &e));
	timer(&f);
	assert_true(face_key(&f.view, 's', &e));
	assert_int_equal(e.kind, EV_START_NOW);
	assert_true(face_key(&f.view, 'w', &e));
	assert_int_equal(e.kind, EV_WINDOW_CLOSED);
	assert_false(face_key(&f.view, '1', &e));
	closed(&f);
	assert_true(face_key(&f.view, 't', &e));
	assert_int_equal(e.kind, EV_OPEN_TIMER);
	verified(&f);
	for (int key = 0; key < 256; key++)
		assert_false(face_key(&f.view, key, &e));
}

static const char *
row(struct grid *g, bool unicode)
{
	static char out[GRID_ROW_BYTES(40)];

	grid_row(g, 0, (struct look){false, unicode}, out);
	return out;
}

static void
labels_may_be_anything(void **state)
{
	struct grid g;

	(void)state;
	grid_init(&g, 40, 1);
	assert_int_equal(grid_put(&g, 0, 0, 40, PLAIN, "caf\xc3\xa9 \xff\xc0\x80\xe2\x82|\x1b[2J\x7f"), 14);
	assert_string_equal(row(&g, true), "caf\xc3\xa9 ?????|[2J");
	assert_string_equal(row(&g, false), "caf? ?????|[2J");
	grid_fill(&g, 0, 0, 40, PLAIN);
	assert_int_equal(grid_put(&g, 38, 0, 40, PLAIN, "abc"), 2);
	assert_int_equal(grid_put(&g, 40, 0, 40, PLAIN, "abc"), 0);
	assert_int_equal(grid_put(&g, -1, 0, 40, PLAIN, "abc"), 0);
	assert_int_equal(grid_put(&g, 0, 1, 40, PLAIN, "abc"), 0);
	assert_int_equal(grid_put(&g, 0, 0, -3, PLAIN, "abc"), 0);
	grid_free(&g);
}

/* Wide characters, if the locale knows them, take two columns, and none is cut in half. */
static void
wide_characters_are_whole(void **state)
{
	struct grid g;

	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	grid_init(&g, 40, 1);
	assert_int_equal(grid_columns("\xe6\x9b\xb4\xe6\x96\xb0"), 4);
	assert_int_equal(grid_put(&g, 0, 0, 3, PLAIN, "\xe6\x9b\xb4\xe6\x96\xb0"), 2);
	assert_string_equal(row(&g, true), "\xe6\x9b\xb4");
	assert_string_equal(grid_cut("\xe6\x9b\xb4\xe6\x96\xb0", 3), "\xe6\x96\xb0");
	grid_free(&g);
	setlocale(LC_CTYPE, "C");
}

static void
says(const struct face *f, const struct trace_line *line, const char *words)
{
	char text[FACE_LINE];

	if (!words) {
		assert_false(face_describe(f, line, true, text));
		return;
	}
	assert_true(face_describe(f, line, true, text));
	assert_string_equal(text, words);
}

static void
lines_in_words(void **state)
{
	struct face f = face_of(&scenes[0]);
	int64_t target = version_make(15, 3, 0, 0);

	(void)state;
	says(&f, &(struct trace_line){.kind = LINE_EFFECT, .at = DEADLINE - 5 * DAY_MS, .effect = {.kind = FX_BANNER,
		.target = target, .deadline = DEADLINE}}, "● banner   macOS 15.3 will be installed: by Fri 4 Dec 17:00, in 5 days.");
	says(&f, &(struct trace_line){.kind = LINE_EFFECT, .effect = {.kind = FX_WARNING, .left = 25 * MINUTE_MS}},
		"● banner   25 minutes left to save your work");
	says(&f, &(struct trace_line){.kind = LINE_EFFECT, .effect = {.kind = FX_OPEN_TIMER, .left = 30 * MINUTE_MS}},
		"● window   Save your work: 30:00 left");
	says(&f, &(struct trace_line){.kind = LINE_EFFECT, .effect = {.kind = FX_BADGE, .shown = 1}}, NULL);
	f.view.badge = false;
	says(&f, &(struct trace_line){.kind = LINE_EFFECT, .effect = {.kind = FX_BADGE, .shown = 1}},
		"● badge    macOS 15.3 appears in the menu");
	says(&f, &(struct trace_line){.kind = LINE_EFFECT, .effect = {.kind = FX_BADGE}}, NULL);
	says(&f, &(struct trace_line){.kind = LINE_EFFECT, .effect = {.kind = FX_WITHDRAW}}, NULL);
	says(&f, &(struct trace_line){.kind = LINE_EFFECT, .effect = {.kind = FX_REPORT, .outcome = OUTCOME_VERIFIED,
		.version = target}}, "  report   verified: macOS 15.3");
	says(&f, &(struct trace_line){.kind = LINE_EVENT, .event = {.kind = EV_REMIND, .for_ = DAY_MS}},
		"> person   Remind Tomorrow");
	says(&f, &(struct trace_line){.kind = LINE_EVENT, .event = {.kind = EV_TIMER}}, NULL);
	says(&f, &(struct trace_line){.kind = LINE_STATE}, NULL);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_every_scene),
		cmocka_unit_test(draws_in_colour_and_ascii),
		cmocka_unit_test(draws_every_language),
		cmocka_unit_test(fits_every_size),
		cmocka_unit_test(keys_are_those_of_the_view),
		cmocka_unit_test(labels_may_be_anything),
		cmocka_unit_test(wide_characters_are_whole),
		cmocka_unit_test(lines_in_words),
	};

	return cmocka_run_group_tests_name("face", tests, NULL, NULL);
}
