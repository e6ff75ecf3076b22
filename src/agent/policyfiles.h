/* policyfiles - the policies as files: the last good text of each stays, whatever becomes of its file. */
#ifndef POLICYFILES_H
#define POLICYFILES_H

#include "words/policy.h"

struct policyfiles;

/* Reads them. What a file does not give, the copy kept in folder gives; with neither, the rest must do. The paths
 * are borrowed. Problems are logged, one line each. */
struct policyfiles *policyfiles_new(const char *const *paths, unsigned count, const char *folder);
/* Reads them again; one that does not check stays as it was. False: no file says anything new. */
bool policyfiles_load(struct policyfiles *);
/* Those there are, and last one that enforces nothing: the defaults. Borrowed until the next load. */
const struct policy *const *policyfiles_list(const struct policyfiles *, unsigned *count);
/* The same with the texts that they came from, for words about them. */
const struct policy_source *policyfiles_sources(const struct policyfiles *, unsigned *count);
void policyfiles_free(struct policyfiles *);

#endif
