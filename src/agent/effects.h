/* effects - carries out the machine's effects: starts drivers, logs reports, and turns the output and outcome of
 * drivers into events. Knows neither the journal nor the machine's state. */
#ifndef EFFECTS_H
#define EFFECTS_H

#include "driver.h"
#include "machine.h"

struct effects_settings {
	struct driver_settings drivers;	/* without callbacks */
	/* Called with the event to post when an effect progresses, succeeds or fails. If it cannot begin, this is called
	 * before effects_begin returns. */
	void (*outcome)(void *context, const struct event *);
	/* Called when a driver has ended, after outcome(). done: it succeeded. */
	void (*ended)(void *context, enum effect_kind, bool done);
	void *context;
};

struct effect_runner;

/* Returns NULL if memory is exhausted. */
struct effect_runner *effects_new(struct ev_loop *, const struct effects_settings *);
/* Starts or logs an effect. Effects that belong to the view do nothing here. */
void effects_begin(struct effect_runner *, const struct effect *);
/* In safe mode only effects that are `safe` begin: nothing is closed, installed or restarted. */
void effects_set_safe_mode(struct effect_runner *, bool);
bool effects_in_safe_mode(const struct effect_runner *);
/* Ends every driver except one that releases apps. */
void effects_end(struct effect_runner *);
bool effects_running(const struct effect_runner *);
void effects_free(struct effect_runner *);	/* NULL is fine */

#endif
