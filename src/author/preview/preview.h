/* preview - the parts of `lastcall preview`: what each of a few people lives through under a policy, played on the
 * real machine in virtual time, and that as text, as a page and as a calendar. Nothing here decides anything. */
#ifndef PREVIEW_H
#define PREVIEW_H

#include <stdio.h>

#include "core/knowledge.h"
#include "face/terminal/face.h"

#define MOMENTS_MAX 1000	/* of one person; nobody reads more */

enum person { PERSON_SNOOZES, PERSON_SILENT, PERSON_STARTS, PERSONS };

/* What a stretch of time is to a person. */
enum phase { PHASE_QUIET, PHASE_BANNER, PHASE_SNOOZED, PHASE_COUNTDOWN, PHASE_INSTALLING, PHASE_RESTARTING, PHASES };

struct moment {
	int64_t at;			/* UTC ms */
	const char *who;		/* as face_saying says it: "● banner" */
	char said[FACE_LINE];
	struct view view;		/* after it */
	enum effect_kind effect;	/* EFFECTS: it was an event */
};

struct span {
	enum phase phase;
	int64_t from, to;
};

struct life {
	struct moment *moments;
	size_t count, room;
	struct span *spans;		/* one after the other */
	size_t span_count, span_room;
	int64_t ends;			/* verified, or given up */
	bool verified, cut;		/* cut: there would be more */
};

struct preview {
	const struct policy *policy;
	const struct feed *feed;	/* NULL: none */
	struct device device;		/* at the start */
	struct knowledge knowledge;	/* which it borrows from */
	const char *os;			/* "macOS" */
	struct requirement requirement;
	int64_t start;			/* UTC ms */
	bool pretends;			/* the device's version is made up */
	struct texts texts;		/* in the person's language */
	struct life lives[PERSONS];
};

extern const char *const preview_phase[PHASES];	/* one word */

extern const struct person_about {
	const char *name;		/* one word, for identifiers */
	const char *who;		/* "Somebody who always snoozes" */
	const char *does;		/* one sentence */
} person_about[PERSONS];

/* How long the world takes; said wherever it matters. */
#define PREVIEW_DOWNLOAD (5 * HOUR_MS)
#define PREVIEW_CLOSING MINUTE_MS
#define PREVIEW_INSTALL (18 * MINUTE_MS)
#define PREVIEW_RESTART (4 * MINUTE_MS)

/* Fills p->lives. */
void preview_live(struct preview *);
void preview_free(struct preview *);

/* The face that shows a moment to a person. */
struct face preview_face(const struct preview *, const struct moment *);

void preview_text(const struct preview *, FILE *);
void preview_html(const struct preview *, FILE *);
void preview_ics(const struct preview *, FILE *);

/* In preview_svg: all lives over the whole time, and one life around its restart. */
void preview_timeline(const struct preview *, FILE *);
void preview_last_hour(const struct preview *, enum person, FILE *);

/* Counted over one life. */
unsigned preview_count(const struct life *, enum effect_kind);
/* When a phase first begins; NEVER. */
int64_t preview_begins(const struct life *, enum phase);

#endif
