/* queue - events that wait for the one before them to be done with. */
#ifndef QUEUE_H
#define QUEUE_H

#include <assert.h>

#include "machine.h"

/* An effect's handler posts one event at most before it returns, and so does each hook. */
#define QUEUE_ROOM (4 * MACHINE_EFFECTS)

struct queue {
	unsigned first, count;
	struct event events[QUEUE_ROOM];
};

static inline void
queue_put(struct queue *q, const struct event *e)
{
	assert(q->count < QUEUE_ROOM);
	q->events[(q->first + q->count++) % QUEUE_ROOM] = *e;
}

static inline struct event
queue_take(struct queue *q)
{
	unsigned first = q->first;

	assert(q->count);
	q->first = (first + 1) % QUEUE_ROOM;
	q->count--;
	return q->events[first];
}

#endif
