/* passes - what is worked out of a machine after it was read, and what is complained about on the way. */
#ifndef PASSES_H
#define PASSES_H

#include "model.h"

/* The answers that states take, in front of their own transitions. */
void take_answers(struct machine *);

/* Initial states and the targets of transitions; where each ends and what it does not leave.
 * False: some are unknown, so nothing can be said about what is reachable. */
bool resolve(struct machine *);

/* For each handler which branch each combination of its guards takes: exactly one, or an error. */
void decide(struct machine *);

/* For each leaf and trigger the handler: its own, else the nearest around it. Each event is handled or ignored. */
void fill_cells(struct machine *);

/* Which timers run together, and so which can share a slot; each that is armed is handled. */
void place_timers(struct machine *);

/* Every state can be reached and left; no choices that go round in circles. */
void walk(struct machine *);

/* The picture for people: its states exist and some event or timer leads along each arrow; for machines without errors. */
void check_picture(struct machine *);

/* Symbols, transitions, and how many effects one event may ask; for machines without errors. */
void number(struct machine *);

/* The functions of the generated code, and the sequences in which they are called. */
void share(struct machine *);

/* Which events can lead to each piece of C, and whether it uses only what it then has. */
void check_code(struct machine *);

/* What is declared is used, and stays apart in C. */
void check_names(struct machine *);

#endif
