/* effects - starts the work that effects request; its outcome comes back as an event. */
#include "face/rehearse/host.h"
#include "parts.h"

/* Draws when the work for an effect ends. */
static void
start_work(struct world *w, enum effect_kind kind, enum thing end)
{
	const struct host_work *work = host_work(kind);

	world_schedule(w, end, work->least, work->most);
}

static void
begin_download(struct world *w, const struct effect *fx)
{
	start_work(w, fx->kind, THING_DOWNLOAD);
}

static void
begin_closing(struct world *w, const struct effect *fx)
{
	if (!world_fault(w, FAULT_APPS))
		start_work(w, fx->kind, THING_APPS);
}

static void
begin_install(struct world *w, const struct effect *fx)
{
	static const enum fault fates[] = {FAULT_INSTALL_FAILS, FAULT_INSTALL_LIES, FAULT_INSTALL_HANGS,
		FAULT_INSTALL_RESTARTS, FAULT_INSTALL_SLOW};

	w->installing = fx->target;
	w->install_fate = FAULTS;
	for (unsigned i = 0; i < sizeof fates / sizeof *fates; i++)
		if (world_fault(w, fates[i]))
			w->install_fate = fates[i];
	if (w->install_fate == FAULT_INSTALL_SLOW)
		world_schedule(w, THING_INSTALL, HOUR_MS, 8 * HOUR_MS);
	else if (w->install_fate == FAULT_INSTALL_HANGS)	/* until the agent's time-out */
		world_schedule(w, THING_INSTALL, 20 * MINUTE_MS, 40 * MINUTE_MS);
	else
		start_work(w, fx->kind, THING_INSTALL);
}

static void
begin_restart(struct world *w, const struct effect *fx)
{
	(void)fx;
	if (!world_fault(w, FAULT_NO_RESTART))
		world_schedule(w, THING_DOWN, SECOND_MS, 30 * SECOND_MS);
}

/* Begins work that this world has no faults for: it takes its time and succeeds. */
static void
begin_other_work(struct world *w, const struct effect *fx)
{
	if (!host_work(fx->kind))
		return;
	w->work = fx->kind;
	start_work(w, fx->kind, THING_WORK);
}

static void
begin_work(struct world *w, const struct effect *fx)
{
	static const struct {
		enum effect_kind kind;
		void (*begin)(struct world *, const struct effect *);
	} drivers[] = {{FX_DOWNLOAD, begin_download}, {FX_CLOSE_APPS, begin_closing}, {FX_INSTALL, begin_install},
		{FX_REBOOT, begin_restart}};

	for (unsigned i = 0; i < sizeof drivers / sizeof *drivers; i++)
		if (drivers[i].kind == fx->kind) {
			drivers[i].begin(w, fx);
			return;
		}
	begin_other_work(w, fx);
}

void
world_perform(struct world *w, const struct effect *fx)
{
	switch (machine_effect[fx->kind].owner) {
	case OWNER_VIEW:
		if (host_occasion(fx->kind) != OCCASIONS)
			world_show(w);
		break;
	case OWNER_DRIVER:
		begin_work(w, fx);
		break;
	case OWNER_LOG:
	case OWNERS:
		break;
	}
}

/* An install that loses its agent may have succeeded, or not. */
void
world_end_drivers(struct world *w)
{
	static const enum thing work[] = {THING_DOWN, THING_DOWNLOAD, THING_APPS, THING_INSTALL, THING_WORK};

	for (unsigned i = 0; i < sizeof work / sizeof *work; i++)
		w->due[work[i]] = w->paused[work[i]] = NEVER;
	if (w->installing > w->version && w->install_fate == FAULTS && random_chance(&w->random, 500))
		w->pending = w->installing;
	w->installing = 0;
}
