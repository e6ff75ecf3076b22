/* workers - the same work on every processor that we may use. */
#ifndef WORKERS_H
#define WORKERS_H

#define WORKERS_MAX 64

unsigned workers_count(void);
/* Calls work(context, number) in a thread each, numbers from 0 to workers_count() - 1; returns once all have. */
void workers_run(void (*work)(void *context, unsigned number), void *context);

#endif
