/* rehearse_stage - what the two halves of a rehearsal under way share: how it is played, and how it is shown. */
#ifndef REHEARSE_STAGE_H
#define REHEARSE_STAGE_H

#include "agent/agent.h"
#include "face/terminal/face.h"
#include "rehearse.h"

enum { SIGNALS = 4 };

struct stage {
	struct rehearsal *rehearsal;
	struct ev_loop *loop;
	struct agent *agent;		/* NULL while the device is down */
	struct agent_settings settings;
	struct clock clock;
	double speed, fast, slow;	/* now; outside of work that a person watches, and in it */
	struct face face;
	struct texts texts;		/* the person's */
	char down[PHRASE_TEXT];
	struct look look;
	bool on_screen, over, verified, restarts;
	int quarter;			/* of the installation, last told */
	char pace[64];

	const struct answer *answer;	/* that is due; NULL: none */
	int64_t answer_at;

	ev_prepare before;
	ev_timer frame, answering, curtain;
	ev_io keys;
	ev_signal signals[SIGNALS];
};

/* The screen, as it is now; nothing where there are lines instead. */
void stage_draw(struct stage *);
/* Something happened: into the face's log, and printed where there is no screen. */
void stage_tell(struct stage *, int64_t at, const char *what);
/* "1 day = 4 s", in the largest unit that takes less than a minute; "" for the world's own speed. */
void stage_describe_pace(double speed, char out[64]);
/* The first lines, and the last. */
void stage_introduce(struct stage *);
void stage_conclude(struct stage *, const char *error);

#endif
