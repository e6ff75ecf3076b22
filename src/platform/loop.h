/* loop - libev, which has an EV_TIMER too: the machine's keeps the name. */
#ifndef LOOP_H
#define LOOP_H

#define EV_TIMER LIBEV_TIMER
#include <ev.h>
#undef EV_TIMER

#endif
