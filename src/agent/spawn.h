/* spawn - a child of the agent: own session, clean environment, empty standard input, one pipe for all it says. */
#ifndef SPAWN_H
#define SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Whether an executable may be run by us: it and its folder are ours or root's, and nobody else may write there.
 * False: why, for the log. */
bool spawn_trusted(const char *folder, const char *path, char why[256]);

/* Runs path, or, when body is given, body(argc, argv) in the child in its place. The reading end of what it says
 * on standard output and error comes in *output, non-blocking. -1 and errno: there is no child. */
pid_t spawn(const char *path, int (*body)(int argc, char **argv), char **argv, const char *home, int *output);

/* To the child and all of its session that share its process group. */
void spawn_signal(pid_t, int signal);

#endif
