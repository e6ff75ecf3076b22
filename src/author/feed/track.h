/* track - one device through one feed after the other: what is required of it, by when, and what changes. The plan and
 * the machine that ship say so; here nothing is decided but whether a change should have been. */
#ifndef TRACK_H
#define TRACK_H

#include "core/assess.h"
#include "core/player.h"
#include "text/feed.h"

enum change {
	CHANGE_NONE,
	CHANGE_APPEARED,
	CHANGE_EARLIER,
	CHANGE_LATER,
	CHANGE_HIGHER,		/* another version by the same deadline */
	CHANGE_TOO_EARLY,	/* from here on: what a device must never be put through */
	CHANGE_BACK,		/* a lower version */
	CHANGE_VANISHED,
	CHANGES
};
extern const char *const change_words[CHANGES];

static inline bool
change_is_wrong(enum change c)
{
	return c >= CHANGE_TOO_EARLY;
}

struct asked {			/* of the device at some moment */
	bool required;
	int64_t version;
	int64_t deadline;	/* UTC ms, as the machine has it: never before it was heard of, least notice included */
	int64_t heard;		/* of that version */
	int64_t exploited;	/* as struct requirement has it */
};

struct track {
	bool trusting;		/* follows whatever comes, without the rules of adoption */
	const struct policy *policy;
	struct device device;
	struct feed_text *feed;	/* the last one adopted; NULL: none */
	struct knowledge knowledge;
	struct settings settings;
	struct player player;
	struct asked was, is;
};

/* policy and what device points to are borrowed. */
void track_begin(struct track *, const struct policy *, const struct device *, bool trusting, int64_t at);
/* A feed comes. False: it is not adopted, and errors in messages say why. */
bool track_offer(struct track *, const char *name, const char *bytes, size_t length, struct messages *);
/* The device looks again: at its feed, on the day that it is. Times do not go back. */
enum change track_look(struct track *, int64_t at);
void track_end(struct track *);

#endif
