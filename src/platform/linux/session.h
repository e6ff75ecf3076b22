/* session - who is logged in: by logind's files where logind runs (sd-login(3) reads the same), else by utmp(5).
 * A server knows no presentations and calls: nobody is ever busy. */
#ifndef SESSION_H
#define SESSION_H

#define SESSION_LOGIND "/run/systemd/sessions"
#define SESSION_UTMP "/run/utmp"

#endif
