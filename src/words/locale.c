/* locale - the language that people here read messages in, as the environment says. */
#include <stdlib.h>

#include "language.h"

/* As POSIX orders them (XBD 8.2); an empty one counts as none. */
const char *
locale_name(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return value;
	}
	return "C";
}
