/* workers - runs the same work on several processors. */
#ifndef WORKERS_H
#define WORKERS_H

#define WORKERS_MAX 64

/* Returns how many processors this process may use now; a later call may return another number. */
unsigned workers_count(void);
/* Calls work(context, number) with numbers from 0 to count - 1, each in a thread; returns when all are done. */
void workers_run(unsigned count, void (*work)(void *context, unsigned number), void *context);

#endif
