/* stage - a rehearsal under way: stage.c plays it, show.c shows it, pretended.c is its drivers. */
#ifndef REHEARSE_STAGE_H
#define REHEARSE_STAGE_H

#include "agent/agent.h"
#include "agent/driver.h"
#include "face/terminal/face.h"
#include "rehearse.h"

enum { SIGNALS = 4 };

struct stage {
	struct rehearsal *rehearsal;
	struct ev_loop *loop;
	struct agent *agent;		/* NULL while the device is down */
	struct agent_settings settings;
	struct clock clock;
	double speed, fast, slow;	/* now; up to the deadline; and after it */
	struct face face;
	struct texts texts;		/* in the person's language */
	char down[PHRASE_TEXT];
	struct look look;
	bool on_screen, over, verified, restarts;
	int quarter;			/* of the installation: the last one printed */
	char pace[64];

	const struct reaction *answer;	/* the next one of the script, or NULL */
	int64_t answer_at;

	ev_prepare before;
	ev_timer frame, answering, curtain;
	ev_io keys;
	ev_signal signals[SIGNALS];
};

/* Draws the screen, if there is one. */
void stage_draw(struct stage *);
/* Adds a line to the face's log, and prints it if there is no screen. */
void stage_log(struct stage *, int64_t at, const char *what);
/* Writes "1 day = 4 s", in the largest unit that takes less than a minute, or "" for real time. */
void stage_describe_pace(double speed, char out[64]);
/* Print the first lines and the last. error: "", or why the rehearsal could not go on. */
void stage_introduce(struct stage *);
void stage_conclude(struct stage *, const char *error);

extern const struct pretence pretended_drivers[];
/* Sets how many times faster than real time drivers work that start from now on. */
void pretended_pace(double speed);

#endif
