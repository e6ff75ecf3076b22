/* ddm - a policy as one of Apple's declarations, com.apple.configuration.softwareupdate.enforcement.specific.
 * The format is that of https://github.com/apple/device-management.
 *
 * A declaration names one version and one local time, the device's own. What it cannot require is refused; what it
 * cannot say is told key by key. The ServerToken that each declaration needs is for the server that sends it. */
#ifndef DDM_H
#define DDM_H

#include "words/policy.h"

/* JSON, caller frees; NULL, and at least one error, when the policy's requirement cannot be a declaration.
 * zone: the devices' own, for a policy whose deadline is in a fixed zone; else NULL. */
char *ddm_encode(const struct policy_source *, const struct zone *, struct messages *);

#endif
