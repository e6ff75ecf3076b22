/* policy - what an admin asks of devices, decoded. Plain data; words/policy fills it, plan reads it. */
#ifndef POLICY_H
#define POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar.h"
#include "machine.h"

#define POLICY_NAME 64
#define POLICY_LABEL 128
#define POLICY_REMINDS 4
#define POLICY_TEXT 8192	/* bytes of all texts that an author wrote */

enum platform { PLATFORM_MACOS, PLATFORM_LINUX };
enum enforce { ENFORCE_NOTHING, ENFORCE_AUTOMATIC, ENFORCE_MINIMUM };
enum install_target { TARGET_LATEST, TARGET_REQUIRED };
enum unattended { UNATTENDED_INSTALL, UNATTENDED_WAIT };

struct policy {
	char name[POLICY_NAME];
	char label[POLICY_LABEL];
	enum platform platform;
	enum enforce enforce;
	struct {
		int64_t after_release;		/* ms, whole days */
		int64_t at;			/* ms after local midnight, whole minutes */
		const struct zone *zone;	/* NULL: the device's own */
		bool upgrades, supplements;
		bool accept_immediate_countdown;	/* `check` does not warn of devices that are overdue */
		int64_t exploited;		/* ms, whole days; 0: no such rule */
	} automatic;
	struct {
		int64_t version;
		struct civil deadline;		/* local time in zone */
		const struct zone *zone;	/* NULL: the device's own */
	} minimum;
	struct {
		int64_t window, remind[POLICY_REMINDS], repeat, minimum;	/* ms */
		unsigned reminds;
	} notice;
	struct {
		int64_t length, warn_every;	/* ms */
	} countdown;
	struct {
		enum install_target target;
		bool cache, close_apps;
		enum unattended unattended;
		int64_t retry_wait;		/* ms */
		int64_t retry_times;
	} install;
	int64_t recheck;			/* ms */
	char text[POLICY_TEXT];			/* texts in place of ours, packed by words/phrase; "": none */
};

/* The machine's settings that follow from a policy. */
void policy_settings(const struct policy *, struct settings *);
/* Returns the policy whose settings apply while nothing is required: the first one for the platform, or else the last.
 * NULL if count is 0. */
const struct policy *policy_in_force(const struct policy *const *policies, unsigned count, enum platform);

#endif
