/* preview - the parts of `lastcall preview`: plays a policy for each of a few people, on the real machine in virtual time,
 * and shows the result as text, as a page and as a calendar. */
#ifndef PREVIEW_H
#define PREVIEW_H

#include <stdio.h>

#include "core/knowledge.h"
#include "face/terminal/face.h"

#define MOMENTS_MAX 1000	/* per person; more are cut */

enum person { PERSON_SNOOZES, PERSON_SILENT, PERSON_STARTS, PERSONS };

/* What a person experiences over a stretch of time. */
enum phase { PHASE_QUIET, PHASE_BANNER, PHASE_SNOOZED, PHASE_COUNTDOWN, PHASE_INSTALLING, PHASE_RESTARTING, PHASES };

struct moment {
	int64_t at;			/* UTC ms */
	const char *who;		/* from face_describe_parts: "● banner" */
	char said[FACE_LINE];
	struct view view;		/* after the moment */
	enum effect_kind effect;	/* EFFECTS if the moment is an event */
};

struct span {
	enum phase phase;
	int64_t from, to;
};

struct life {
	struct moment *moments;
	size_t count, room;
	struct span *spans;		/* each begins where the one before ends */
	size_t span_count, span_room;
	int64_t ends;			/* when the update is verified, or nothing more happens */
	bool verified, cut;		/* cut: there are more than MOMENTS_MAX moments */
};

struct preview {
	const struct policy *policy;
	const struct feed *feed;	/* or NULL */
	struct device device;		/* at the start */
	struct knowledge knowledge;	/* the device borrows from it */
	const char *os;			/* "macOS" */
	struct requirement requirement;
	int64_t start;			/* UTC ms */
	bool pretends;			/* the device's version is an example */
	struct texts texts;		/* in the person's language */
	struct life lives[PERSONS];
};

extern const char *const preview_phase[PHASES];	/* one word each, the CSS class of its bar */

extern const struct person_about {
	const char *name;		/* one word, for identifiers */
	const char *who;		/* "Somebody who always snoozes" */
	const char *does;		/* one sentence */
} person_about[PERSONS];

/* Fills p->lives. */
void preview_live(struct preview *);
void preview_free(struct preview *);

/* Returns the face that shows a moment to the person. */
struct face preview_face(const struct preview *, const struct moment *);

void preview_text(const struct preview *, FILE *);
void preview_html(const struct preview *, FILE *);
void preview_ics(const struct preview *, FILE *);

/* svg.c: draw all lives over the whole time, and one life from its countdown to its restart. */
void preview_timeline(const struct preview *, FILE *);
void preview_last_hour(const struct preview *, enum person, FILE *);

/* Returns how often an effect occurs in a life. */
unsigned preview_count(const struct life *, enum effect_kind);
/* Returns when a phase first begins, or NEVER. */
int64_t preview_begins(const struct life *, enum phase);

#endif
