/* passes - check a machine after it was read, and work out what the generated code needs. */
#ifndef PASSES_H
#define PASSES_H

#include "model.h"

/* Copies the answers that states take in front of their own transitions. */
void take_answers(struct machine *);

/* Resolves initial states and targets: where each transition ends and what it does not leave.
 * Returns false if some are unknown, so that reachability cannot be checked. */
bool resolve(struct machine *);

/* Decides for each handler which branch each combination of its guards takes: exactly one, or an error. */
void decide(struct machine *);

/* Finds the handler of each leaf and trigger: its own, or the nearest around it. Checks that each event is handled or
 * ignored. */
void fill_cells(struct machine *);

/* Arms timers, checks that each is handled, and shares slots between those that never run together. */
void place_timers(struct machine *);

/* Checks that every state can be reached and left, and that choices have no cycle. */
void walk(struct machine *);

/* The picture for people: its states exist and some event or timer leads along each arrow; for machines without errors. */
void check_picture(struct machine *);

/* Numbers symbols and transitions, and counts the most effects of one event; for machines without errors. */
void number(struct machine *);

/* Names the functions of the generated code and the sequences in which they are called. */
void share(struct machine *);

/* Learns which events can run each piece of C, and checks that they have the fields it uses. */
void check_code(struct machine *);

/* Checks that what is declared is used, and that names do not collide in C. */
void check_names(struct machine *);

#endif
