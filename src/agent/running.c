#include "running.h"

#include <signal.h>
#include <unistd.h>

#include "platform/log.h"
#include "spawn.h"

#define OUTPUT_MOST (10u << 20)	/* bytes of one run that are listened to */
#define LAST_READS 16		/* buffers of output that are taken in after its end */

static void
heard_line(void *context, const char *line, bool cut)
{
	struct running *r = context;

	if (cut)
		log_say(LEVEL_WARNING, "a driver's line is too long: cut", "driver", r->name, NULL);
	if (!r->ended_by)
		r->said(r->context, line);
}

/* Beyond the limit it is read, so that the driver can go on, but no longer heard, nor taken for a sign of life. */
static void
heard(struct running *r, const char *bytes, size_t length)
{
	size_t left = OUTPUT_MOST - r->heard;

	if (length < left) {
		r->heard += length;
		lines_take(&r->lines, bytes, length, heard_line, r);
		if (!r->ended_by)
			ev_timer_again(r->loop, &r->stall);
		return;
	}
	if (left) {
		r->heard = OUTPUT_MOST;
		log_say(LEVEL_WARNING, "a driver says too much: cut", "driver", r->name, NULL);
	}
}

/* One bufferful at a time, so that a flood delays nobody. False: nothing more to read now. */
static bool
read_some(struct running *r)
{
	char bytes[16384];
	ssize_t got = read(r->output, bytes, sizeof bytes);

	if (got > 0)
		heard(r, bytes, (size_t)got);
	else if (got == 0)
		ev_io_stop(r->loop, &r->readable);
	return got == (ssize_t)sizeof bytes;
}

static void
on_readable(struct ev_loop *loop, ev_io *w, int events)
{
	(void)loop, (void)events;
	read_some(w->data);
}

static void
on_stall(struct ev_loop *loop, ev_timer *w, int events)
{
	(void)events;
	ev_timer_stop(loop, w);
	running_end(w->data, "it was silent for too long");
}

static void
on_grace(struct ev_loop *loop, ev_timer *w, int events)
{
	struct running *r = w->data;

	(void)events;
	ev_timer_stop(loop, w);
	spawn_signal(r->pid, SIGKILL);
}

static void
forget(struct running *r)
{
	ev_child_stop(r->loop, &r->child);
	ev_io_stop(r->loop, &r->readable);
	ev_timer_stop(r->loop, &r->stall);
	ev_timer_stop(r->loop, &r->grace);
	close(r->output);
	r->pid = 0;
}

/* What it wrote before its end is in the pipe now; what a grandchild may write later is nobody's. */
static void
on_end(struct ev_loop *loop, ev_child *w, int events)
{
	struct running *r = w->data;

	(void)loop, (void)events;
	for (int i = 0; i < LAST_READS && read_some(r); i++)
		;
	lines_finish(&r->lines, heard_line, r);
	if (r->ended_by)
		kill(-r->pid, SIGKILL);	/* those of its group that did not listen */
	forget(r);
	r->over(r->context, r->ended_by, w->rstatus);
}

void
running_begin(struct running *r, pid_t pid, int output, double stall, double grace)
{
	r->pid = pid;
	r->output = output;
	r->heard = 0;
	r->ended_by = NULL;
	r->lines.length = 0;
	r->lines.skipping = false;
	ev_child_init(&r->child, on_end, pid, 0);
	ev_io_init(&r->readable, on_readable, output, EV_READ);
	ev_timer_init(&r->stall, on_stall, 0, stall);
	ev_timer_init(&r->grace, on_grace, grace, 0);
	r->child.data = r->readable.data = r->stall.data = r->grace.data = r;
	ev_child_start(r->loop, &r->child);
	ev_io_start(r->loop, &r->readable);
	ev_timer_again(r->loop, &r->stall);	/* does nothing for 0 */
}

void
running_end(struct running *r, const char *why)
{
	if (!r->pid || r->ended_by)
		return;
	r->ended_by = why;
	log_say(LEVEL_INFO, "ending a driver", "driver", r->name, "why", why, NULL);
	ev_timer_stop(r->loop, &r->stall);
	ev_timer_start(r->loop, &r->grace);
	spawn_signal(r->pid, SIGTERM);
}

void
running_kill(struct running *r)
{
	if (!r->pid)
		return;
	spawn_signal(r->pid, SIGKILL);
	forget(r);
}
