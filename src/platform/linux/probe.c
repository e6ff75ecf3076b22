/* Linux: os-release(5), /etc/debian_version, the kernel's boot id, logind's session files or utmp(5). */
#include "platform/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/version.h"
#include "session.h"

#define PATH_SIZE 1024
#define LINE_SIZE 256

const char *const probe_watch[] = {SESSION_LOGIND, SESSION_UTMP, NULL};

const struct platform_paths platform_paths = {
	.state = "/var/lib/lastcall",
	.socket = "/run/lastcall/socket",
	.drivers = "/usr/local/lib/lastcall/drivers",
};

/* The first line of a file. */
static bool
first_line(const char *root, const char *path, char line[LINE_SIZE])
{
	char full[PATH_SIZE];
	FILE *f;
	bool read;

	snprintf(full, sizeof full, "%s%s", root, path);
	f = fopen(full, "re");
	if (!f)
		return false;
	read = fgets(line, LINE_SIZE, f) != NULL;
	fclose(f);
	line[read ? strcspn(line, "\n") : 0] = '\0';
	return read && *line;
}

/* NAME=value or NAME="value". */
static bool
value_of(const char *line, const char *name, char value[LINE_SIZE])
{
	size_t length = strlen(name);

	if (strncmp(line, name, length) != 0 || line[length] != '=')
		return false;
	line += length + 1;
	line += *line == '"';
	snprintf(value, LINE_SIZE, "%.*s", (int)strcspn(line, "\"\n"), line);
	return true;
}

static void
read_release(const char *root, char id[LINE_SIZE], char version[LINE_SIZE], char name[LINE_SIZE])
{
	char path[PATH_SIZE], line[LINE_SIZE];
	FILE *f;

	snprintf(path, sizeof path, "%s/etc/os-release", root);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof line, f))
		if (!value_of(line, "ID", id) && !value_of(line, "NAME", name))
			value_of(line, "VERSION_ID", version);
	if (f)
		fclose(f);
}

/* Ubuntu's 24.04 is 24.4: parts are numbers. */
static void
drop_zeros(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++)
		if (*from != '0' || (to > text && to[-1] != '.') || from[1] < '0' || from[1] > '9')
			*to++ = *from;
	*to = '\0';
}

/* Debian's VERSION_ID has no point release; its own file does, except in testing ("trixie/sid"). */
static bool
read_version(const char *root, struct probe_device *device)
{
	char id[LINE_SIZE] = "", text[LINE_SIZE] = "", name[LINE_SIZE] = "Linux", point[LINE_SIZE];

	read_release(root, id, text, name);
	snprintf(device->os, sizeof device->os, "%.31s", name);
	if (strcmp(id, "debian") == 0 && first_line(root, "/etc/debian_version", point) &&
	    version_parse(point, &device->version))
		return true;
	drop_zeros(text);
	return version_parse(text, &device->version);
}

static void
read_zone(const char *root, char zone[64])
{
	char path[PATH_SIZE], link[LINE_SIZE];
	const char *name;
	ssize_t length;

	snprintf(path, sizeof path, "%s/etc/localtime", root);
	length = readlink(path, link, sizeof link - 1);
	link[length > 0 ? length : 0] = '\0';
	name = strstr(link, "zoneinfo/");
	if (name)
		snprintf(zone, 64, "%.63s", name + strlen("zoneinfo/"));
	else if (first_line(root, "/etc/timezone", link))
		snprintf(zone, 64, "%.63s", link);
	else
		snprintf(zone, 64, "UTC");
}

bool
probe_device(const char *root, struct probe_device *device, char error[256])
{
	char line[LINE_SIZE];

	*device = (struct probe_device){.platform = PLATFORM_LINUX};
	if (!read_version(root, device)) {
		snprintf(error, 256, "neither /etc/debian_version nor VERSION_ID in /etc/os-release is a version");
		return false;
	}
	if (!first_line(root, "/proc/sys/kernel/random/boot_id", line)) {
		snprintf(error, 256, "/proc/sys/kernel/random/boot_id cannot be read");
		return false;
	}
	snprintf(device->boot, sizeof device->boot, "%.39s", line);
	read_zone(root, device->time_zone);
	return true;
}
