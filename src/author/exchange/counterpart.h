/* counterpart - what of a policy another tool's file cannot say, told key by key. An exporter lists what it carries
 * and its remarks; whatever else the table of a policy's keys holds, tomorrow's keys too, is told as left out. */
#ifndef COUNTERPART_H
#define COUNTERPART_H

#include "words/policy.h"

struct counterpart {
	const char *key;				/* "notice.window"; NULL ends a table */
	bool (*carried)(const struct policy *);		/* NULL: never */
	const char *instead;				/* why not, or what is there instead; NULL: nothing to say */
};

bool counterpart_always(const struct policy *);
bool counterpart_label(const struct policy *);		/* the label is only the name again */
bool counterpart_text(const struct policy *);		/* people read the built-in texts */

/* One warning for each key in force, written or by default, that is not carried. there names the other tool. */
void counterpart_report(const struct policy_source *, const struct counterpart *, const char *there,
	struct messages *);

/* An error at a key, or where it is left out. Always false. */
bool counterpart_refuse(const struct policy_source *, const char *key, struct messages *, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
