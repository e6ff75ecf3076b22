/* loop - includes libev without its EV_TIMER, a name that the machine uses. */
#ifndef LOOP_H
#define LOOP_H

#define EV_TIMER LIBEV_TIMER
#include <ev.h>
#undef EV_TIMER

#endif
