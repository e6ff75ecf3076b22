/* What the cases cannot show: every entry of the table, and that any policy reads back the same as it was written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/version.h"
#include "words/policy.h"
#include "text/key.h"
#include "text/zone.h"

static void
check_table(const struct key *table)
{
	for (const struct key *key = table; key->name; key++) {
		assert_non_null(key->about);
		assert_true(key->about[0] && key->about[strlen(key->about) - 1] != '.');
		assert_true(!key->type == !!key->keys);
		for (const struct key *other = table; other < key; other++)
			assert_string_not_equal(other->name, key->name);
		if (key->keys)
			check_table(key->keys);
	}
}

static void
every_key_is_described(void **state)
{
	(void)state;
	check_table(policy_keys);
}

/* A generator of random numbers that gives the same policies on every system. */
static uint32_t
pick(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

static int64_t
span(uint32_t *seed, int64_t least, int64_t most)
{
	static const int64_t units[] = {SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS};
	int64_t ms = units[pick(seed, 4)] * pick(seed, 100);

	return ms < least ? least : ms > most ? most : ms;
}

static const struct zone *
any_zone(uint32_t *seed)
{
	static const char *const names[] = {"Etc/UTC", "America/New_York", "Asia/Kathmandu"};
	uint32_t i = pick(seed, 4);
	const char *why;

	return i == 3 ? NULL : zone_load(names[i], &why);
}

static void
invent_enforce(struct policy *p, uint32_t *seed)
{
	p->enforce = (enum enforce)pick(seed, 3);
	if (p->enforce == ENFORCE_AUTOMATIC) {
		p->automatic.after_release = DAY_MS * pick(seed, 365);
		p->automatic.at = MINUTE_MS * pick(seed, 24 * 60);
		p->automatic.zone = any_zone(seed);
		p->automatic.upgrades = pick(seed, 2);
		p->automatic.supplements = pick(seed, 2);
	} else if (p->enforce == ENFORCE_MINIMUM) {
		p->minimum.version = version_make(1 + pick(seed, 30), pick(seed, 20), pick(seed, 9),
			(char)(pick(seed, 2) ? 0 : 'a' + pick(seed, 26)));
		/* At noon, when none of these zones changes its clocks. */
		p->minimum.deadline = (struct civil){2020 + (int)pick(seed, 50), 1 + (int)pick(seed, 12),
			1 + (int)pick(seed, 28), 12, (int)pick(seed, 60), 0};
		p->minimum.zone = any_zone(seed);
	}
}

static void
invent(struct policy *p, uint32_t *seed)
{
	static const char letters[] = "abcxyz 019-_.:#'\"\\[]{}!&*,%@`|>?";

	memset(p, 0, sizeof *p);
	strcpy(p->name, "lab");
	p->label[0] = 'L';
	for (uint32_t i = 1, n = 1 + pick(seed, 60); i < n; i++)
		p->label[i] = letters[pick(seed, sizeof letters - 1)];
	p->platform = (enum platform)pick(seed, 2);
	invent_enforce(p, seed);
	p->notice.window = span(seed, DAY_MS, 300 * DAY_MS);
	p->notice.reminds = 1 + pick(seed, POLICY_REMINDS);
	for (uint32_t i = 0; i < p->notice.reminds; i++)
		p->notice.remind[i] = 5 * MINUTE_MS * (i * 20 + 1 + pick(seed, 20));
	p->notice.repeat = span(seed, SECOND_MS, 300 * DAY_MS);
	p->notice.minimum = span(seed, 0, 300 * DAY_MS);
	p->countdown.length = span(seed, MINUTE_MS, 7 * DAY_MS);
	p->countdown.warn_every = span(seed, SECOND_MS, p->countdown.length);
	p->install.target = (enum install_target)pick(seed, 2);
	p->install.cache = pick(seed, 2);
	p->install.close_apps = pick(seed, 2);
	p->install.unattended = (enum unattended)pick(seed, 2);
	p->install.retry_times = pick(seed, 21);
	p->install.retry_wait = span(seed, SECOND_MS, 7 * DAY_MS);
	p->recheck = span(seed, SECOND_MS, 28 * DAY_MS);
}

static void
any_policy_reads_back(void **state)
{
	uint32_t seed = 20261204;

	(void)state;
	for (int i = 0; i < 500; i++) {
		struct messages messages = {0};
		struct policy written, read;
		char *text, *problems;
		bool good;

		invent(&written, &seed);
		text = policy_text(&written);
		good = policy_decode("invented", text, strlen(text), &read, &messages);
		problems = message_text(&messages);
		if (!good)
			fail_msg("%s%s", problems, text);
		if (memcmp(&written, &read, sizeof read))
			fail_msg("read back as something else:\n%s", text);
		free(problems);
		free(text);
		message_free(&messages);
	}
	zones_free();
}

/* A text cut off anywhere, or with any one byte changed, is a policy or an error: never a crash, never both. */
static void
damaged_text_is_an_error_or_a_policy(void **state)
{
	static const char whole[] = "policy: 1\nname: lab\nlabel: \"L \\\" \\u00e4\"\nenforce:\n  minimum: {version: 15.2, "
		"deadline: \"2026-12-04 17:00\"}\nnotice: {remind: [1h, 1d]}\ninstall:\n  retry: {times: 3}\n";
	static const char bytes[] = {0, '\n', ' ', ':', '[', '}', '"', '-', '#', '\t', (char)0xc3, '&', '9'};

	(void)state;
	for (size_t at = 0; at < sizeof whole - 1; at++)
		for (size_t b = 0; b <= sizeof bytes; b++) {
			struct messages messages = {0};
			struct policy policy;
			char text[sizeof whole];
			bool good;

			memcpy(text, whole, sizeof whole);
			if (b < sizeof bytes)
				text[at] = bytes[b];
			good = policy_decode("damaged", text, b < sizeof bytes ? sizeof whole - 1 : at, &policy, &messages);
			assert_int_equal(good, !messages.errors);
			message_free(&messages);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_described),
		cmocka_unit_test(any_policy_reads_back),
		cmocka_unit_test(damaged_text_is_an_error_or_a_policy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
