/* random - numbers drawn from a seed, in whole-number arithmetic, so that a seed gives the same numbers on every machine
 * and with every compiler. The generator is SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
 * generators, 2014). Not for secrets. */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
	uint64_t state;
};

static inline uint64_t
random_next(struct random *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* Returns the generator of one of many things that share a seed, such as a device. */
static inline struct random
random_of(uint64_t seed, uint64_t number)
{
	struct random r = {seed}, own = {random_next(&r) ^ number};

	random_next(&own);
	return own;
}

/* Returns a number from 0 to count - 1; count is at least 1. */
static inline uint32_t
random_below(struct random *r, uint32_t count)
{
	return (uint32_t)((random_next(r) >> 32) * count >> 32);
}

/* Returns a number from least to most, in steps as fine as 2^-32 of the distance. */
static inline int64_t
random_between(struct random *r, int64_t least, int64_t most)
{
	uint64_t span = (uint64_t)(most - least) + 1, part = random_next(r) >> 32;

	return least + (int64_t)((span >> 32) * part + ((span & UINT32_MAX) * part >> 32));
}

static inline bool
random_chance(struct random *r, uint32_t per_mille)
{
	return random_below(r, 1000) < per_mille;
}

#endif
