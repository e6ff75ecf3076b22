/* face_tty - the terminal that a face is drawn on: raw keys, the alternate screen, and all of it undone whatever
 * happens. One at a time. Knows nothing of what is drawn. */
#ifndef FACE_TTY_H
#define FACE_TTY_H

#include "grid.h"

/* Colour unless NO_COLOR says otherwise (no-color.org) or this is no terminal; characters beyond ASCII when the
 * locale's are UTF-8. Sets the locale's character type from the environment. */
struct look tty_look(void);

/* False when standard input and output are no terminal that can be drawn on (TERM=dumb), and nothing has changed.
 * Until tty_close standard error is kept back; it is shown then, or when the process dies of a signal. */
bool tty_open(void);
void tty_close(void);

/* Of the size that the terminal has now; filled by the caller. */
void tty_grid(struct grid *);
/* Writes what differs from the last one, and takes the grid over. */
void tty_show(struct grid *);

/* When standard input is readable: the key; 0: none that means anything; -1: the terminal is gone. */
int tty_key(void);
/* As Ctrl-Z wants it: the shell has the terminal until this process is continued. */
void tty_suspend(void);

#endif
