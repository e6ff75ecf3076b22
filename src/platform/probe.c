#include "probe.h"

#include "text/zone.h"

const struct zone *
probe_zone(void)
{
	struct probe_device device;
	char error[256];
	const char *why;
	const struct zone *zone = probe_device("", &device, error) ? zone_load(device.time_zone, &why) : NULL;

	return zone ? zone : &calendar_utc;
}
