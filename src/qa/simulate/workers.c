#include "workers.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include "text/memory.h"

struct worker {
	void (*work)(void *context, unsigned number);
	void *context;
	unsigned number;
	pthread_t thread;
};

unsigned
workers_count(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
#ifdef CPU_COUNT
	cpu_set_t ours;

	if (sched_getaffinity(0, sizeof ours, &ours) == 0)
		processors = CPU_COUNT(&ours);
#endif
	return processors < 1 ? 1 : processors > WORKERS_MAX ? WORKERS_MAX : (unsigned)processors;
}

static void *
run_worker(void *worker)
{
	struct worker *w = worker;

	w->work(w->context, w->number);
	return NULL;
}

void
workers_run(unsigned count, void (*work)(void *context, unsigned number), void *context)
{
	struct worker workers[WORKERS_MAX];

	assert(count <= WORKERS_MAX);
	for (unsigned i = 0; i < count; i++) {
		workers[i] = (struct worker){.work = work, .context = context, .number = i};
		if (pthread_create(&workers[i].thread, NULL, run_worker, &workers[i]) != 0)
			memory_out();
	}
	for (unsigned i = 0; i < count; i++)
		pthread_join(workers[i].thread, NULL);
}
