#include <stdbool.h>
#include "simulate.h"
int simulate_rollout(const struct rollout *r) { (void)r; return 2; }
