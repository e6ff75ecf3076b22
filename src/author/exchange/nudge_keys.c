/* nudge_keys - the table of Nudge's keys, with what lastcall does instead of those that it does not use. */
#include "nudge_file.h"

#include <stddef.h>

#define FEATURE(name) "optionalFeatures." name
#define REQUIRED(name) "osVersionRequirements[]." name
#define PEOPLE(name) "userExperience." name
#define WINDOW(name) "userInterface." name

#define BUSY "a call or a presentation delays the countdown anyway"
#define LINKS "Update Info needs no link"
#define STARTS "the agent downloads and installs by itself"
#define FLEET "the agent is started by launchd"
#define GRACE "every device gets notice.minimum, new or not"
#define PACE "banners repeat at one rate, notice.repeat"
#define LATER "people may choose the reminders of notice.remind, as often as they like until the deadline"
#define ENFORCED "after the deadline the update is installed, and apps are closed for it"
#define LOOKS "the banner and the windows have one look"
#define FEED "the feed is an option of the agent: lastcall run --feed"
#define ONE_SLA "automatic.after_release is the same for every release"

const struct nudge_key nudge_keys[] = {
	{FEATURE("acceptableApplicationBundleIDs"), NUDGE_LIST, BUSY},
	{FEATURE("acceptableAssertionApplicationNames"), NUDGE_LIST, BUSY},
	{FEATURE("acceptableAssertionUsage"), NUDGE_FLAG, BUSY},
	{FEATURE("acceptableCameraUsage"), NUDGE_FLAG, BUSY},
	{FEATURE("acceptableScreenSharingUsage"), NUDGE_FLAG, BUSY},
	{FEATURE("acceptableUpdatePreparingUsage"), NUDGE_FLAG, STARTS},
	{FEATURE("aggressiveUserExperience"), NUDGE_FLAG, ENFORCED},
	{FEATURE("aggressiveUserFullScreenExperience"), NUDGE_FLAG, ENFORCED},
	{FEATURE("allowMovableWindowDuringAggressiveUserExperience"), NUDGE_FLAG, LOOKS},
	{FEATURE("asynchronousSoftwareUpdate"), NUDGE_FLAG, STARTS},
	{FEATURE("attemptToBlockApplicationLaunches"), NUDGE_FLAG, ENFORCED},
	{FEATURE("attemptToCheckForSupportedDevice"), NUDGE_FLAG, "a device is never required to install what it cannot run"},
	{FEATURE("attemptToFetchMajorUpgrade"), NUDGE_FLAG, STARTS},
	{FEATURE("blockedApplicationBundleIDs"), NUDGE_LIST, ENFORCED},
	{FEATURE("customSOFAFeedURL"), NUDGE_TEXT, FEED},
	{FEATURE("disableNudgeForStandardInstalls"), NUDGE_FLAG, "a release counts whether it closes "
		"vulnerabilities or not"},
	{FEATURE("disableSoftwareUpdateWorkflow"), NUDGE_FLAG, NULL},
	{FEATURE("enforceMinorUpdates"), NUDGE_FLAG, NULL},
	{FEATURE("honorFocusModes"), NUDGE_FLAG, BUSY},
	{FEATURE("honorCycleTimersOnExit"), NUDGE_FLAG, PACE},
	{FEATURE("refreshSOFAFeedTime"), NUDGE_WHOLE, NULL},
	{FEATURE("terminateApplicationsOnLaunch"), NUDGE_FLAG, ENFORCED},
	{FEATURE("utilizeSOFAFeed"), NUDGE_FLAG, FEED},

	{REQUIRED("aboutUpdateURL"), NUDGE_TEXT, LINKS},
	{REQUIRED("aboutUpdateURLs"), NUDGE_LIST, LINKS},
	{REQUIRED("actionButtonPath"), NUDGE_TEXT, STARTS},
	{REQUIRED("activelyExploitedCVEsMajorUpgradeSLA"), NUDGE_WHOLE, ONE_SLA},
	{REQUIRED("activelyExploitedCVEsMinorUpdateSLA"), NUDGE_WHOLE, ONE_SLA},
	{REQUIRED("majorUpgradeAppPath"), NUDGE_TEXT, STARTS},
	{REQUIRED("minorVersionRecalculationThreshold"), NUDGE_WHOLE, "the first release that a device lacks sets "
		"its deadline"},
	{REQUIRED("nonActivelyExploitedCVEsMajorUpgradeSLA"), NUDGE_WHOLE, ONE_SLA},
	{REQUIRED("nonActivelyExploitedCVEsMinorUpdateSLA"), NUDGE_WHOLE, ONE_SLA},
	{REQUIRED("requiredInstallationDate"), NUDGE_TEXT, NULL},
	{REQUIRED("requiredMinimumOSVersion"), NUDGE_TEXT, NULL},
	{REQUIRED("standardMajorUpgradeSLA"), NUDGE_WHOLE, ONE_SLA},
	{REQUIRED("standardMinorUpdateSLA"), NUDGE_WHOLE, ONE_SLA},
	{REQUIRED("targetedOSVersionsRule"), NUDGE_TEXT, NULL},
	{REQUIRED("unsupportedActionButtonPath"), NUDGE_TEXT, LINKS},
	{REQUIRED("unsupportedURL"), NUDGE_TEXT, LINKS},
	{REQUIRED("unsupportedURLs"), NUDGE_LIST, LINKS},

	{PEOPLE("allowGracePeriods"), NUDGE_FLAG, GRACE},
	{PEOPLE("allowLaterDeferralButton"), NUDGE_FLAG, LATER},
	{PEOPLE("allowMovableWindow"), NUDGE_FLAG, LOOKS},
	{PEOPLE("allowUserQuitDeferrals"), NUDGE_FLAG, LATER},
	{PEOPLE("allowedDeferrals"), NUDGE_WHOLE, LATER},
	{PEOPLE("allowedDeferralsUntilForcedSecondaryQuitButton"), NUDGE_WHOLE, LATER},
	{PEOPLE("approachingRefreshCycle"), NUDGE_WHOLE, PACE},
	{PEOPLE("approachingWindowTime"), NUDGE_WHOLE, PACE},
	{PEOPLE("calendarDeferralUnit"), NUDGE_TEXT, LATER},
	{PEOPLE("elapsedRefreshCycle"), NUDGE_WHOLE, NULL},
	{PEOPLE("gracePeriodInstallDelay"), NUDGE_WHOLE, GRACE},
	{PEOPLE("gracePeriodLaunchDelay"), NUDGE_WHOLE, GRACE},
	{PEOPLE("gracePeriodPath"), NUDGE_TEXT, GRACE},
	{PEOPLE("imminentRefreshCycle"), NUDGE_WHOLE, PACE},
	{PEOPLE("imminentWindowTime"), NUDGE_WHOLE, PACE},
	{PEOPLE("initialRefreshCycle"), NUDGE_WHOLE, NULL},
	{PEOPLE("launchAgentIdentifier"), NUDGE_TEXT, FLEET},
	{PEOPLE("loadLaunchAgent"), NUDGE_FLAG, FLEET},
	{PEOPLE("maxRandomDelayInSeconds"), NUDGE_WHOLE, "the agent adds a random delay anyway"},
	{PEOPLE("noTimers"), NUDGE_FLAG, PACE},
	{PEOPLE("nudgeMajorUpgradeEventLaunchDelay"), NUDGE_WHOLE, "notices begin notice.window before the deadline"},
	{PEOPLE("nudgeMinorUpdateEventLaunchDelay"), NUDGE_WHOLE, "notices begin notice.window before the deadline"},
	{PEOPLE("nudgeRefreshCycle"), NUDGE_WHOLE, "the agent needs no polling"},
	{PEOPLE("randomDelay"), NUDGE_FLAG, "the agent adds a random delay anyway"},

	{WINDOW("actionButtonPath"), NUDGE_TEXT, STARTS},
	{WINDOW("activelyExploitedCVEsLabel"), NUDGE_TEXT, LOOKS},
	{WINDOW("applicationTerminatedNotificationImagePath"), NUDGE_TEXT, LOOKS},
	{WINDOW("fallbackLanguage"), NUDGE_TEXT, NULL},
	{WINDOW("forceFallbackLanguage"), NUDGE_FLAG, NULL},
	{WINDOW("forceScreenShotIcon"), NUDGE_FLAG, LOOKS},
	{WINDOW("iconDarkPath"), NUDGE_TEXT, LOOKS},
	{WINDOW("iconLightPath"), NUDGE_TEXT, LOOKS},
	{WINDOW("requiredInstallationDisplayFormat"), NUDGE_TEXT, LOOKS},
	{WINDOW("screenShotDarkPath"), NUDGE_TEXT, LOOKS},
	{WINDOW("screenShotLightPath"), NUDGE_TEXT, LOOKS},
	{WINDOW("showActivelyExploitedCVEs"), NUDGE_FLAG, LOOKS},
	{WINDOW("showActivelyExploitedCVEsAsCount"), NUDGE_FLAG, LOOKS},
	{WINDOW("showDaysRemainingToUpdate"), NUDGE_FLAG, LOOKS},
	{WINDOW("showDeferralCount"), NUDGE_FLAG, LOOKS},
	{WINDOW("showRequiredDate"), NUDGE_FLAG, LOOKS},
	{WINDOW("showRequiredOSVersion"), NUDGE_FLAG, LOOKS},
	{WINDOW("simpleMode"), NUDGE_FLAG, LOOKS},
	{WINDOW("singleQuitButton"), NUDGE_FLAG, LOOKS},
	{WINDOW("updateElements"), NUDGE_LIST, "these texts are about Nudge's own buttons and windows"},

	{"optionalFeatures", NUDGE_MAP, NULL},
	{"osVersionRequirements", NUDGE_LIST, NULL},
	{"osVersionRequirements[]", NUDGE_MAP, NULL},
	{"userExperience", NUDGE_MAP, NULL},
	{"userInterface", NUDGE_MAP, NULL},
	{NULL, NUDGE_MAP, NULL},
};
