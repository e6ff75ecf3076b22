#include <assert.h>
#include <stdio.h>

#include "version.h"

/* Bits: major 36.., minor 22..35, patch 8..21, supplement 0..7 as its letter. */
enum { MAJOR_SHIFT = 36, MINOR_SHIFT = 22, PATCH_SHIFT = 8, PART_MASK = 0x3fff, SUPPLEMENT_MASK = 0xff };

int64_t
version_make(unsigned major, unsigned minor, unsigned patch, char supplement)
{
	assert(major >= 1 && major <= VERSION_PART_MAX && minor <= VERSION_PART_MAX && patch <= VERSION_PART_MAX);
	assert(!supplement || (supplement >= 'a' && supplement <= 'z'));
	return (int64_t)major << MAJOR_SHIFT | (int64_t)minor << MINOR_SHIFT | (int64_t)patch << PATCH_SHIFT |
	       supplement;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
parse_part(const char **text, unsigned *value)
{
	const char *p = *text;

	if (!is_digit(*p) || (p[0] == '0' && is_digit(p[1])))
		return false;
	for (*value = 0; is_digit(*p); p++) {
		*value = *value * 10 + (unsigned)(*p - '0');
		if (*value > VERSION_PART_MAX)
			return false;
	}
	*text = p;
	return true;
}

static bool
parse_supplement(const char **text, char *letter)
{
	const char *p = *text;

	if (p[0] != ' ' || p[1] != '(' || p[2] < 'a' || p[2] > 'z' || p[3] != ')')
		return false;
	*letter = p[2];
	*text = p + 4;
	return true;
}

bool
version_parse(const char *text, int64_t *version)
{
	unsigned parts[3] = {0};
	char letter = 0;

	for (unsigned i = 0; i < 3; i++) {
		if (i > 0 && *text++ != '.')
			return false;
		if (!parse_part(&text, &parts[i]))
			return false;
		if (*text != '.')
			break;
	}
	if (*text == ' ' && !parse_supplement(&text, &letter))
		return false;
	if (*text || !parts[0])
		return false;
	*version = version_make(parts[0], parts[1], parts[2], letter);
	return true;
}

unsigned
version_major(int64_t version)
{
	return (unsigned)(version >> MAJOR_SHIFT);
}

static unsigned
part_at(int64_t version, int shift)
{
	return (unsigned)(version >> shift) & PART_MASK;
}

char
version_supplement(int64_t version)
{
	return (char)(version & SUPPLEMENT_MASK);
}

int64_t
version_base(int64_t version)
{
	return version & ~(int64_t)SUPPLEMENT_MASK;
}

int64_t
version_below(int64_t version)
{
	unsigned major = version_major(version), minor = part_at(version, MINOR_SHIFT), patch = part_at(version, PATCH_SHIFT);

	if (version_supplement(version))
		return version_base(version);
	if (patch > 0)
		return version_make(major, minor, patch - 1, 0);
	if (minor > 0)
		return version_make(major, minor - 1, 0, 0);
	return major > 1 ? version_make(major - 1, 0, 0, 0) : VERSION_NONE;
}

const char *
version_format(int64_t version, char out[VERSION_TEXT])
{
	unsigned patch = part_at(version, PATCH_SHIFT);
	char letter = version_supplement(version);
	int length = snprintf(out, VERSION_TEXT, "%u.%u", version_major(version), part_at(version, MINOR_SHIFT));

	if (patch)
		length += snprintf(out + length, VERSION_TEXT - (size_t)length, ".%u", patch);
	if (letter)
		snprintf(out + length, VERSION_TEXT - (size_t)length, " (%c)", letter);
	return out;
}
