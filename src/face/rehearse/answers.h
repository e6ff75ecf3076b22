/* answers - what a pretended person does in a rehearsal that nobody watches, as a small script:
 *
 *	# occasion: answer, and how long after it (a minute, when not said)
 *	on banner: remind 1h
 *	on banner: remind tomorrow after 5m
 *	on timer: close
 *
 * Each line is used once: the first banner gets the first line about banners, the second the second, and those
 * that are left get no answer. */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "core/policy.h"
#include "text/message.h"
#include "text/trace.h"

#define ANSWERS_MAX 256

enum occasion { ON_UPDATE, ON_WARNING, ON_INFO, ON_TIMER, OCCASIONS };

struct answer {
	enum occasion occasion;
	bool used, silent;
	int64_t after;		/* ms */
	struct event intent;	/* kind and payload; not when silent */
};

struct answers {
	unsigned count;
	struct answer list[ANSWERS_MAX];
};

/* False when something is wrong: every problem of the text is in messages. file names it there. */
bool answers_parse(const char *file, const char *text, size_t length, struct answers *, struct messages *);
/* When nobody wrote a script: asks for the policy's first reminder and for its last, lets further banners go by,
 * closes the countdown's window, and lets it run out. */
void answers_default(const struct policy *, struct answers *);

/* The answer to an effect, used up; NULL: silence. */
const struct answer *answers_next(struct answers *, const struct effect *);

#endif
