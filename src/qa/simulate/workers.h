/* workers - the same work on several processors. */
#ifndef WORKERS_H
#define WORKERS_H

#define WORKERS_MAX 64

/* On how many that we may use now; asked again, the answer may be another. */
unsigned workers_count(void);
/* Calls work(context, number) in a thread each, numbers from 0 to count - 1; returns once all have. */
void workers_run(unsigned count, void (*work)(void *context, unsigned number), void *context);

#endif
