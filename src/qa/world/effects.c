/* What the machine asks for, begun: the outcome comes back as an event. */
#include "parts.h"

static void
download(struct world *w, const struct effect *fx)
{
	(void)fx;
	world_soon(w, THING_DOWNLOAD, 5 * MINUTE_MS, HOUR_MS);
}

static void
close_apps(struct world *w, const struct effect *fx)
{
	(void)fx;
	if (!world_fault(w, FAULT_APPS))
		world_soon(w, THING_APPS, 2 * SECOND_MS, MINUTE_MS);
}

static void
install(struct world *w, const struct effect *fx)
{
	static const enum fault fates[] = {FAULT_INSTALL_FAILS, FAULT_INSTALL_LIES, FAULT_INSTALL_HANGS,
		FAULT_INSTALL_RESTARTS, FAULT_INSTALL_SLOW};

	w->installing = fx->target;
	w->install_fate = FAULTS;
	for (unsigned i = 0; i < sizeof fates / sizeof *fates; i++)
		if (world_fault(w, fates[i]))
			w->install_fate = fates[i];
	if (w->install_fate == FAULT_INSTALL_SLOW)
		world_soon(w, THING_INSTALL, HOUR_MS, 8 * HOUR_MS);
	else if (w->install_fate == FAULT_INSTALL_HANGS)	/* until the agent ends it */
		world_soon(w, THING_INSTALL, 20 * MINUTE_MS, 40 * MINUTE_MS);
	else
		world_soon(w, THING_INSTALL, 8 * MINUTE_MS, 40 * MINUTE_MS);
}

static void
reboot(struct world *w, const struct effect *fx)
{
	(void)fx;
	if (!world_fault(w, FAULT_NO_RESTART))
		world_soon(w, THING_DOWN, SECOND_MS, 30 * SECOND_MS);
}

static void
shown(struct world *w, const struct effect *fx)
{
	(void)fx;
	world_looks(w);
}

typedef void handler(struct world *, const struct effect *);
static handler *const handlers[EFFECTS] = {
	[FX_BANNER] = shown,
	[FX_WARNING] = shown,
	[FX_OPEN_INFO] = shown,
	[FX_OPEN_TIMER] = shown,
	[FX_DOWNLOAD] = download,
	[FX_CLOSE_APPS] = close_apps,
	[FX_INSTALL] = install,
	[FX_REBOOT] = reboot,
};

void
world_perform(struct world *w, const struct effect *fx)
{
	if (handlers[fx->kind])
		handlers[fx->kind](w, fx);
}

/* An updater that lost its agent may have come far enough, or not. */
void
world_drivers_die(struct world *w)
{
	static const enum thing drivers[] = {THING_DOWN, THING_DOWNLOAD, THING_APPS, THING_INSTALL};

	for (unsigned i = 0; i < sizeof drivers / sizeof *drivers; i++)
		w->due[drivers[i]] = w->paused[drivers[i]] = NEVER;
	if (w->installing > w->version && w->install_fate == FAULTS && random_chance(&w->random, 500))
		w->pending = w->installing;
	w->installing = 0;
}
