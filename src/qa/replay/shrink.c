#include "shrink.h"

/* One pass over all, so many at a time; how many are left. */
static size_t
pass(size_t all, size_t size, leaving_out *leave_out, void *context)
{
	for (size_t from = 0; from < all;) {
		size_t count = size < all - from ? size : all - from;

		if (leave_out(context, from, count))
			all -= count;
		else
			from += count;
	}
	return all;
}

void
shrink_list(size_t count, leaving_out *leave_out, void *context)
{
	for (size_t size = count; size > 0;) {
		size_t left = pass(count, size, leave_out, context);

		if (left == count || size > 1)
			size /= 2;
		count = left;
	}
}
