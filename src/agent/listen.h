/* listen - makes and accepts on a Unix-domain socket whose path may hold the remains of an earlier one. */
#ifndef LISTEN_H
#define LISTEN_H

/* A listening descriptor, non-blocking; -1 and one clear line. Its folder is made when missing. */
int listen_at(const char *path, char error[512]);
/* The next client, non-blocking; -1: none waits. */
int listen_accept(int fd);

#endif
