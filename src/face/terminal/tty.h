/* face_tty - the terminal: raw keys and the alternate screen, restored however the process ends. Keeps its state in static
 * variables, since a process has one terminal. Knows nothing of what it shows. */
#ifndef FACE_TTY_H
#define FACE_TTY_H

#include "grid.h"

/* Returns colour if standard output is a terminal and NO_COLOR is not set (no-color.org), Unicode if the locale is UTF-8.
 * Sets LC_CTYPE from the environment. */
struct look tty_look(void);

/* Returns false, and changes nothing, if standard input and output are not a terminal or TERM is "dumb". Holds back
 * standard error until tty_close or a fatal signal. */
bool tty_open(void);
void tty_close(void);

/* Makes an empty grid of the terminal's current size. */
void tty_grid(struct grid *);
/* Writes the rows that differ from the last grid shown. */
void tty_show(struct grid *);

/* Reads a key; call it when standard input is readable. Returns the key, 0 for one to ignore, -1 if the terminal is closed. */
int tty_key(void);
/* Restores the terminal and stops the process, as Ctrl-Z does; returns, on the alternate screen, when it continues. */
void tty_suspend(void);

#endif
