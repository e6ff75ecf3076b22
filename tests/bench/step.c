/* step - measures the machine that ships: ns for each event of a random life. Prints `NAME NUMBER` lines. */
#include <stdio.h>

#include "life.h"

int
main(void)
{
	static struct event stream[STREAM];
	struct machine m;
	struct effects fx;
	struct life l;
	unsigned effects = 0;
	double best = 1e9;

	life_begin(&l, 1);
	machine_init(&m, &life_settings);
	for (unsigned i = 0; i < STREAM; i++) {
		life_next(&l, &m, &stream[i]);
		machine_step(&m, &stream[i], &fx);
	}
	for (unsigned round = 0; round < ROUNDS; round++) {
		double ns = life_time_machine(&life_settings, stream, &effects);

		best = ns < best ? ns : best;
	}
	printf("step_ns %.1f\nmachine_bytes %zu\neffects %u\n", best, sizeof m, effects);
	return 0;
}
