/* Zone files: decoding, damage, and finding them by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "text/zone.h"

/* A TZif file to write: two types, ONE (+1 h) and TWO (+2 h, summer), and these changes. */
struct file {
	char version;
	unsigned changes, types, chars, leaps, ut;
	int64_t change[4];
	uint8_t type[4];
	int32_t offset[2];
	uint8_t summer, index;		/* of the second type */
	const char *names;
	const char *footer;		/* with its newlines */
};

static const struct file plain = {'2', 2, 2, 8, 0, 0, {0, 1000}, {1, 0}, {3600, 7200}, 1, 4, "ONE\0TWO", "\nONE-1\n"};

struct buffer {
	uint8_t bytes[1024];
	size_t length;
};

static void
put_bytes(struct buffer *b, const void *bytes, size_t length)
{
	memcpy(b->bytes + b->length, bytes, length);
	b->length += length;
}

static void
put_number(struct buffer *b, int64_t value, unsigned size)
{
	while (size-- > 0)
		put_bytes(b, &(uint8_t){(uint8_t)((uint64_t)value >> (8 * size))}, 1);
}

static void
put_block(struct buffer *b, const struct file *f, unsigned time_size)
{
	char start[20] = "TZif";

	start[4] = f->version;
	put_bytes(b, start, sizeof start);
	put_number(b, f->ut, 4);
	put_number(b, 0, 4);
	put_number(b, f->leaps, 4);
	put_number(b, f->changes, 4);
	put_number(b, f->types, 4);
	put_number(b, f->chars, 4);
	for (unsigned i = 0; i < f->changes && i < 4; i++)
		put_number(b, f->change[i], time_size);
	put_bytes(b, f->type, f->changes < 4 ? f->changes : 4);
	for (unsigned i = 0; i < 2; i++) {
		put_number(b, f->offset[i], 4);
		put_number(b, i ? f->summer : 0, 1);
		put_number(b, i ? f->index : 0, 1);
	}
	put_bytes(b, f->names, 8);
}

static bool
decode(const struct file *f, struct zone *z, const char **why)
{
	struct buffer b = {.length = 0};
	struct file first = plain;

	/* From version 2 on readers skip the first block. */
	first.version = f->version;
	put_block(&b, f->version ? &first : f, 4);
	if (f->version) {
		put_block(&b, f, 8);
		put_bytes(&b, f->footer, strlen(f->footer));
	}
	return zone_decode(b.bytes, b.length, "Test/Zone", z, why);
}

static void
every_version_is_read(void **state)
{
	static const char versions[] = {'\0', '2', '3', '4'};
	const char *why, *name;
	struct zone z;
	struct civil c;

	(void)state;
	for (size_t i = 0; i < sizeof versions; i++) {
		struct file f = plain;

		f.version = versions[i];
		assert_true(decode(&f, &z, &why));
		assert_string_equal(z.name, "Test/Zone");
		assert_true(z.changes == 2 && z.change[1] == 1000 && z.type[0] == 1 && z.offset[1] == 7200);
		assert_int_equal(z.footer, versions[i] != '\0');
		calendar_local(500 * SECOND_MS, &z, &c, &name, NULL);
		assert_string_equal(name, "TWO");
		assert_int_equal(c.hour, 2);
		zone_release(&z);
	}
}

static void
a_name_without_its_end_stops_there(void **state)
{
	struct file f = plain;
	struct zone z;
	const char *why, *name;
	struct civil c;

	(void)state;
	f.names = "ONE\0TWOX";
	assert_true(decode(&f, &z, &why));
	calendar_local(500 * SECOND_MS, &z, &c, &name, NULL);
	assert_string_equal(name, "TWOX");
	zone_release(&z);
}

static void
footers_are_read(void **state)
{
	static const struct {
		const char *text;
		int32_t standard, summer;
		const char *summer_name;
		struct zone_rule begin, end;
	} cases[] = {
		{"\nONE-1\n", 3600, 0, "", {0}, {0}},
		{"\n<+0545>-5:45\n", 20700, 0, "", {0}, {0}},
		{"\n<-12>+12:00:59\n", -43259, 0, "", {0}, {0}},
		{"\nEST5EDT,M3.2.0,M11.1.0\n", -18000, -14400, "EDT", {'M', 3, 2, 0, 7200}, {'M', 11, 1, 0, 7200}},
		{"\nIST-1GMT0,M10.5.0,M3.5.0/1\n", 3600, 0, "GMT", {'M', 10, 5, 0, 7200}, {'M', 3, 5, 0, 3600}},
		{"\n<+1030>-10:30<+11>-11,M10.1.0,M4.1.0\n", 37800, 39600, "+11", {'M', 10, 1, 0, 7200},
			{'M', 4, 1, 0, 7200}},
		{"\nEET-2EEST,M3.4.4/50,M10.4.4/50\n", 7200, 10800, "EEST", {'M', 3, 4, 4, 180000},
			{'M', 10, 4, 4, 180000}},
		{"\n<-02>2<-01>,M3.5.0/-1,M10.5.0/0:30:15\n", -7200, -3600, "-01", {'M', 3, 5, 0, -3600},
			{'M', 10, 5, 0, 1815}},
		{"\nEST5EDT,0/0,J365/25\n", -18000, -14400, "EDT", {'D', 0, 0, 0, 0}, {'J', 0, 0, 365, 90000}},
		{"\nXXX3EDT4,J60/+167,365/-167:59:59\n", -10800, -14400, "EDT", {'J', 0, 0, 60, 601200},
			{'D', 0, 0, 365, -604799}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct file f = plain;
		const char *why;
		struct zone z;

		f.footer = cases[i].text;
		if (!decode(&f, &z, &why))
			fail_msg("%s: %s", cases[i].text, why);
		assert_true(z.footer && z.daylight == (cases[i].begin.kind != 0));
		assert_true(z.standard == cases[i].standard && z.summer == cases[i].summer);
		assert_string_equal(z.summer_name, cases[i].summer_name);
		assert_memory_equal(&z.begin, &cases[i].begin, sizeof z.begin);
		assert_memory_equal(&z.end, &cases[i].end, sizeof z.end);
		zone_release(&z);
	}
}

static void
broken_footers_are_refused(void **state)
{
	static char endless[400];
	static const char *const broken[] = {"", "\n", "ONE-1\n", "\nONE-1", "\nONE\n", "\nON-1\n", "\n<ON>-1\n", "\n<ONE-1\n",
		"\n-1\n", "\nONE-25\n", "\nONE-1:60\n", "\nONE-1:00:60\n", "\nONE-1:\n", "\nONE--1\n", "\nONE-1 \n",
		"\nONE-0001\n", "\nABCDEFGHIJKLMNOP-1\n", "\nONE-1TWO\n", "\nONE-1TWO,\n", "\nONE-1TWO,M3.2.0\n",
		"\nONE-1TWO,M3.2.0,M11.1.0,\n", "\nONE-1TWO,M0.2.0,M11.1.0\n", "\nONE-1TWO,M13.2.0,M11.1.0\n",
		"\nONE-1TWO,M3.0.0,M11.1.0\n", "\nONE-1TWO,M3.6.0,M11.1.0\n", "\nONE-1TWO,M3.2.7,M11.1.0\n",
		"\nONE-1TWO,M3.2,M11.1.0\n", "\nONE-1TWO,J0,M11.1.0\n", "\nONE-1TWO,J366,M11.1.0\n",
		"\nONE-1TWO,366,M11.1.0\n", "\nONE-1TWO,-1,M11.1.0\n", "\nONE-1TWO,M3.2.0/,M11.1.0\n",
		"\nONE-1TWO,M3.2.0/168,M11.1.0\n", "\nONE-1TWO,M3.2.0/99999999999,M11.1.0\n", "\n\x1b[2J-1\n", "\n:UTC\n",
		endless};

	(void)state;
	memset(endless + 1, 'A', sizeof endless - 3);
	endless[0] = endless[sizeof endless - 2] = '\n';
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		struct file f = plain;
		const char *why = NULL;
		struct zone z;

		f.footer = broken[i];
		if (decode(&f, &z, &why))
			fail_msg("\"%s\" was read", broken[i]);
		assert_string_equal(why, "its file is damaged: the footer");
	}
}

/* Sets f to `plain` with one mistake. */
#define WITH(member, value) (f = plain, f.member = (value), &f)

static void
refused(const struct file *f, const char *expected, int line)
{
	struct zone z;
	const char *why = "";

	if (decode(f, &z, &why))
		fail_msg("line %d was read", line);
	if (strcmp(why, expected) != 0)
		fail_msg("line %d: %s", line, why);
	assert_null(z.change);
}

static void
broken_tables_are_refused(void **state)
{
	static const char no_zone[] = "its file is not a time zone file", cut[] = "its file is cut short",
		header[] = "its file is damaged: the header", changes[] = "its file is damaged: the changes";
	struct file f;

	(void)state;
	refused(WITH(version, '5'), no_zone, __LINE__);
	refused(WITH(version, '1'), no_zone, __LINE__);
	refused(WITH(types, 0), header, __LINE__);
	refused(WITH(types, 257), header, __LINE__);
	refused(WITH(chars, 0), header, __LINE__);
	refused(WITH(ut, 3), header, __LINE__);
	refused(WITH(leaps, 1), "its file counts leap seconds", __LINE__);
	refused(WITH(leaps, UINT32_MAX), "its file counts leap seconds", __LINE__);
	refused(WITH(changes, UINT32_MAX), cut, __LINE__);
	refused(WITH(chars, UINT32_MAX), cut, __LINE__);
	refused((f = plain, f.version = '\0', f.changes = UINT32_MAX, &f), cut, __LINE__);
	refused(WITH(change[0], 2000), changes, __LINE__);
	refused(WITH(change[0], 1000), changes, __LINE__);
	refused(WITH(change[0], INT64_MIN), changes, __LINE__);
	refused(WITH(change[1], INT64_MAX), changes, __LINE__);
	refused(WITH(type[1], 2), changes, __LINE__);
	refused(WITH(offset[0], 26 * 3600), changes, __LINE__);
	refused(WITH(offset[1], -25 * 3600), changes, __LINE__);
	refused(WITH(offset[1], INT32_MIN), changes, __LINE__);
	refused(WITH(summer, 2), changes, __LINE__);
	refused(WITH(index, 8), changes, __LINE__);
	refused(WITH(names, "ONE\0\033[2"), changes, __LINE__);
}

/* Uses a zone as the calendar does, at many times. */
static void
use_zone(const struct zone *z)
{
	static const int years[] = {1900, 1969, 2026, 2050, 9999};
	const char *name;

	for (size_t i = 0; i < sizeof years / sizeof *years; i++)
		for (int month = 1; month <= 12; month += 5) {
			struct civil c = {years[i], month, 10, 2, 30, 0};
			int64_t at;

			calendar_instant(&c, z, &at);
			calendar_local(at, z, &c, &name, NULL);
			assert_true(strlen(name) < 64);
		}
}

/* Copies the bytes into memory of their exact size, so that a sanitizer notices reads beyond them. */
static unsigned
try_bytes(const uint8_t *bytes, size_t length)
{
	uint8_t *copy = malloc(length ? length : 1);
	struct zone z;
	const char *why;
	bool good;

	assert_non_null(copy);
	memcpy(copy, bytes, length);
	good = zone_decode(copy, length, "Hostile", &z, &why);
	free(copy);
	if (good) {
		use_zone(&z);
		zone_release(&z);
	}
	return good;
}

static size_t
slurp(const char *name, uint8_t *bytes, size_t room)
{
	char path[256];

	snprintf(path, sizeof path, "%s/%s", ZONE_FOLDER, name);
	FILE *file = fopen(path, "rb");

	assert_non_null(file);
	size_t length = fread(bytes, 1, room, file);

	fclose(file);
	return length;
}

/* Flips every byte of a real file in several ways, and cuts it at every length. */
static void
hostile_bytes_are_harmless(void **state)
{
	static const char *const names[] = {"America/New_York", "Europe/Dublin", "Asia/Kathmandu"};
	static const uint8_t flips[] = {0xff, 0x01, 0x80, 0x20};
	static uint8_t bytes[ZONE_FILE_MAX];

	(void)state;
	for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
		size_t length = slurp(names[n], bytes, sizeof bytes);

		assert_true(try_bytes(bytes, length));
		for (size_t i = 0; i < length; i++) {
			for (size_t j = 0; j < sizeof flips; j++) {
				bytes[i] ^= flips[j];
				try_bytes(bytes, length);
				bytes[i] ^= flips[j];
			}
			assert_false(try_bytes(bytes, i));
		}
	}
}

/* Footers made of a footer's characters at random: most are refused, some are odd, none does harm. */
static void
hostile_footers_are_harmless(void **state)
{
	static const char alphabet[] = "AB<>+-0123456789:,./MJ";
	uint64_t seed = 1;
	unsigned read = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char text[64] = "\nEST5EDT,M3.2.0,M11.1.0/3\n";
		struct file f = plain;
		struct zone z;
		const char *why;

		for (int j = 0; j < 3; j++) {
			seed = seed * UINT64_C(6364136223846793005) + 1;
			text[1 + (seed >> 33) % 24] = alphabet[(seed >> 50) % (sizeof alphabet - 1)];
		}
		f.footer = text;
		if (!decode(&f, &z, &why))
			continue;
		use_zone(&z);
		zone_release(&z);
		read++;
	}
	assert_in_range(read, 1, 19999);
}

static void
zones_are_loaded_once(void **state)
{
	const char *why;
	const struct zone *z = zone_load("America/New_York", &why);

	(void)state;
	assert_non_null(z);
	assert_string_equal(z->name, "America/New_York");
	assert_ptr_equal(z, zone_load("America/New_York", &why));
	assert_ptr_not_equal(z, zone_load("Europe/Berlin", &why));
	zones_free();
}

static void
invalid_names_are_refused(void **state)
{
	static const char *const names[] = {"", "/", ".", "..", "/etc/localtime", "/usr/share/zoneinfo/UTC", "../zoneinfo/UTC",
		"America/../UTC", "America//New_York", "America/New_York/", "America/", "America", "america/new_york",
		"EUROPE/BERLIN", "right/UTC", "posix/UTC", "right/America/New_York", "localtime", "posixrules",
		"tzdata.zi", "zone1970.tab", "leapseconds", "EST5", "New York", "UTC\n", " UTC", "Mars/Olympus",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *why = NULL;

		if (zone_load(names[i], &why))
			fail_msg("\"%s\" was loaded", names[i]);
		assert_string_equal(why, "no such time zone");
	}
	zones_free();
}

static void
mistyped_names_are_suggested(void **state)
{
	static const char *const cases[][2] = {
		{"america/new_york", "America/New_York"}, {"AMERICA/NEW_YORK", "America/New_York"},
		{"America/New York", "America/New_York"}, {"america/new-york", "America/New_York"},
		{"New York", "America/New_York"}, {"new_york", "America/New_York"}, {"US/New York", "America/New_York"},
		{"EST5", "America/New_York"}, {"EDT", "America/New_York"}, {"Eastern Standard Time", "America/New_York"},
		{"pacific time", "America/Los_Angeles"}, {"PST", "America/Los_Angeles"}, {"utc", "UTC"},
		{"Berlin", "Europe/Berlin"}, {"Amerika/Berlin", "Europe/Berlin"}, {"CEST", "Europe/Berlin"},
		{"lord howe", "Australia/Lord_Howe"}, {"America/New_Yrok", "America/New_York"},
		{"Europe/Berln", "Europe/Berlin"}, {"Port au Prince", "America/Port-au-Prince"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *near = zone_near(cases[i][0]);

		if (!near || strcmp(near, cases[i][1]) != 0)
			fail_msg("\"%s\" found %s", cases[i][0], near ? near : "nothing");
	}
	assert_null(zone_near("Mars/Olympus Mons"));
	assert_null(zone_near(""));
	assert_null(zone_near("America/New_York"));
	zones_free();
}

/* Every name that can be suggested is sorted and can be loaded. */
static void
names_are_all_there(void **state)
{
	const char *const *names = zone_names();
	const char *why;
	size_t count = 0;

	(void)state;
	for (; names[count]; count++) {
		assert_true(count == 0 || strcmp(names[count - 1], names[count]) < 0);
		if (!zone_load(names[count], &why))
			fail_msg("%s: %s", names[count], why);
	}
	assert_true(count > 300);
	zones_free();
}

static void
put_file(const char *folder, const char *name, const char *bytes, size_t length)
{
	char path[700];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	fclose(file);
}

static void
put_link(const char *folder, const char *name, const char *to)
{
	char path[700];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	assert_int_equal(symlink(to, path), 0);
}

/* A folder with links of every kind. */
static void
links_stay_inside_the_folder(void **state)
{
	static const struct {
		const char *name, *why;
	} cases[] = {
		{"Zone", NULL}, {"Inside", NULL}, {"Region/Up", NULL}, {"Chain", NULL},
		{"Outside", "its file is a link that leads out of the time zone folder"},
		{"Beside", "its file is a link that leads out of the time zone folder"},
		{"Region/Escape", "its file is a link that leads out of the time zone folder"},
		{"Loop", "its file cannot be read"}, {"Dangling", "its file cannot be read"},
		{"Fifo", "its file cannot be read"}, {"Linked", "its file cannot be read"},
		{"Large", "its file cannot be read"}, {"Text", "its file is not a time zone file"},
		{"Region", "no such time zone"}, {"lower", "no such time zone"},
		{"right/Zone", "no such time zone"},
	};
	static char bytes[ZONE_FILE_MAX + 1];
	char top[512], folder[600], beside[600], path[700];
	size_t length = slurp("Europe/Berlin", (uint8_t *)bytes, sizeof bytes);

	(void)state;
	snprintf(top, sizeof top, "%s/zone_test.XXXXXX", getenv("TMP") ? getenv("TMP") : "/tmp");
	assert_non_null(mkdtemp(top));
	snprintf(folder, sizeof folder, "%s/zoneinfo", top);
	snprintf(beside, sizeof beside, "%s/zoneinfo2", top);
	assert_int_equal(mkdir(folder, 0700) | mkdir(beside, 0700), 0);
	snprintf(path, sizeof path, "%s/Region", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/right", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	put_file(folder, "Zone", bytes, length);
	put_file(folder, "lower", bytes, length);
	put_file(folder, "right/Zone", bytes, length);
	put_file(beside, "Zone", bytes, length);
	/* A folder whose name begins like that of the zones'. */
	snprintf(path, sizeof path, "%s/zoneinf2", top);
	assert_int_equal(mkdir(path, 0700), 0);
	put_file(path, "Zone", bytes, length);
	put_file(folder, "Text", "# not a zone\n", 13);
	put_file(folder, "Large", bytes, sizeof bytes);
	put_link(folder, "Inside", "Zone");
	put_link(folder, "Chain", "Inside");
	put_link(folder, "Region/Up", "../Zone");
	put_link(folder, "Outside", "/etc/passwd");
	put_link(folder, "Beside", "../zoneinfo2/Zone");
	put_link(folder, "Region/Escape", "../../zoneinf2/Zone");
	put_link(folder, "Loop", "Loop");
	put_link(folder, "Dangling", "Nowhere");
	put_link(folder, "Linked", "Region");
	snprintf(path, sizeof path, "%s/Fifo", folder);
	assert_int_equal(mkfifo(path, 0600), 0);

	zones_from(folder);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *why = NULL;
		bool good = zone_load(cases[i].name, &why);

		if (good != !cases[i].why || (!good && strcmp(why, cases[i].why) != 0))
			fail_msg("%s: %s", cases[i].name, good ? "loaded" : why);
	}
	snprintf(path, sizeof path, "%s/none", top);
	zones_from(path);
	const char *why = NULL;

	assert_null(zone_load("UTC", &why));
	assert_string_equal(why, "no time zones are installed (tzdata)");
	zones_free();
	snprintf(path, sizeof path, "rm -rf '%s'", top);
	assert_int_equal(system(path), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_version_is_read),
		cmocka_unit_test(a_name_without_its_end_stops_there),
		cmocka_unit_test(footers_are_read),
		cmocka_unit_test(broken_footers_are_refused),
		cmocka_unit_test(broken_tables_are_refused),
		cmocka_unit_test(hostile_bytes_are_harmless),
		cmocka_unit_test(hostile_footers_are_harmless),
		cmocka_unit_test(zones_are_loaded_once),
		cmocka_unit_test(invalid_names_are_refused),
		cmocka_unit_test(mistyped_names_are_suggested),
		cmocka_unit_test(names_are_all_there),
		cmocka_unit_test(links_stay_inside_the_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
