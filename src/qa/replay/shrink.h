/* shrink - a list without what is not needed of it: traces and simulated lives are shrunk so. Knows nothing of what the
 * items are. */
#ifndef SHRINK_H
#define SHRINK_H

#include <stdbool.h>
#include <stddef.h>

/* Leaves count items out, from one on, and says true; or leaves the list as it is: they are needed. */
typedef bool leaving_out(void *context, size_t from, size_t count);

/* Tries all of the items, then stretches of half, of a quarter, and so on to single ones, until none of those can go. */
void shrink_list(size_t count, leaving_out *, void *context);

#endif
