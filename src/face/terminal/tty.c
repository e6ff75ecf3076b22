#include "tty.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* Switch to the alternate screen, without cursor and wrapping; and back. */
static const char enter_codes[] = "\033[?1049h\033[?25l\033[?7l\033[2J";
static const char leave_codes[] = "\033[0m\033[?7h\033[?25h\033[?1049l";

/* Fatal signals after which the terminal can be restored. The loop handles SIGINT and SIGTERM. */
static const int fatal_signals[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGSYS};
enum { FATAL_SIGNALS = sizeof fatal_signals / sizeof *fatal_signals };

static struct {
	volatile sig_atomic_t drawn_on;
	pid_t owner;			/* a child must not restore the terminal */
	struct termios before;
	struct sigaction handlers[FATAL_SIGNALS];
	int errors, held;		/* the real standard error, and the file that stands in for it */
	struct look look;
	struct grid shown;
} tty;

struct look
tty_look(void)
{
	const char *no_colour = getenv("NO_COLOR");
	struct look look;

	setlocale(LC_CTYPE, "");
	look.unicode = !strcmp(nl_langinfo(CODESET), "UTF-8");
	look.colour = isatty(STDOUT_FILENO) && !(no_colour && *no_colour);
	return look;
}

/* Safe in a signal handler, like everything that leave_screen uses. */
static void
write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t wrote = write(fd, bytes, length);

		if (wrote < 0 && errno == EAGAIN)
			poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, 100);
		else if (wrote < 0 && errno != EINTR)
			return;
		if (wrote > 0) {
			bytes += wrote;
			length -= (size_t)wrote;
		}
	}
}

static void
leave_screen(void)
{
	if (!tty.drawn_on || getpid() != tty.owner)
		return;
	tty.drawn_on = 0;
	write_all(STDOUT_FILENO, leave_codes, sizeof leave_codes - 1);
	tcsetattr(STDIN_FILENO, TCSANOW, &tty.before);
}

static void
enter_screen(void)
{
	struct termios raw = tty.before;

	/* Leave ISIG on: Ctrl-C and Ctrl-Z still send signals. */
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSANOW, &raw);
	tty.drawn_on = 1;
	write_all(STDOUT_FILENO, enter_codes, sizeof enter_codes - 1);
	grid_free(&tty.shown);
}

/* Gives standard error back and prints what was held. */
static void
release_errors(void)
{
	char bytes[4096];
	ssize_t got;

	if (tty.held < 0)
		return;
	dup2(tty.errors, STDERR_FILENO);
	lseek(tty.held, 0, SEEK_SET);
	while ((got = read(tty.held, bytes, sizeof bytes)) > 0)
		write_all(STDERR_FILENO, bytes, (size_t)got);
	close(tty.held);
	close(tty.errors);
	tty.held = -1;
}

static void
hold_errors(void)
{
	FILE *file = tmpfile();

	tty.held = -1;
	if (!file)
		return;
	tty.held = fcntl(fileno(file), F_DUPFD_CLOEXEC, 10);
	fclose(file);
	tty.errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
	fflush(stderr);
	dup2(tty.held, STDERR_FILENO);
}

/* Restores the terminal, then raises the signal again for its former handler, such as a sanitizer's. */
static void
restore_and_die(int number)
{
	if (getpid() == tty.owner) {
		leave_screen();
		release_errors();
	}
	for (int i = 0; i < FATAL_SIGNALS; i++)
		if (fatal_signals[i] == number)
			sigaction(number, &tty.handlers[i], NULL);
	raise(number);
}

static void
leave_at_exit(void)
{
	if (getpid() == tty.owner)
		tty_close();
}

bool
tty_open(void)
{
	struct sigaction action = {.sa_handler = restore_and_die};
	const char *term = getenv("TERM");
	static bool registered;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || !term || !*term || !strcmp(term, "dumb") ||
	    tcgetattr(STDIN_FILENO, &tty.before) < 0)
		return false;
	tty.owner = getpid();
	tty.look = tty_look();
	fflush(stdout);
	hold_errors();
	for (int i = 0; i < FATAL_SIGNALS; i++)
		sigaction(fatal_signals[i], &action, &tty.handlers[i]);
	if (!registered)
		registered = atexit(leave_at_exit) == 0;
	enter_screen();
	return true;
}

void
tty_close(void)
{
	if (!tty.drawn_on)
		return;
	leave_screen();
	for (int i = 0; i < FATAL_SIGNALS; i++)
		sigaction(fatal_signals[i], &tty.handlers[i], NULL);
	release_errors();
	grid_free(&tty.shown);
}

void
tty_suspend(void)
{
	leave_screen();
	raise(SIGSTOP);
	enter_screen();
}

void
tty_grid(struct grid *g)
{
	struct winsize size = {0};

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_col || !size.ws_row)
		size.ws_col = 80, size.ws_row = 24;
	grid_init(g, size.ws_col, size.ws_row);
}

void
tty_show(struct grid *g)
{
	size_t room = (size_t)g->height * (GRID_ROW_BYTES(g->width) + 24) + 16, length = 0;
	char *bytes = malloc(room);

	assert(tty.drawn_on);
	if (!bytes)
		return;
	if (g->width != tty.shown.width || g->height != tty.shown.height)
		length += (size_t)sprintf(bytes, "\033[0m\033[2J");
	for (int y = 0; y < g->height; y++) {
		if (grid_same_row(g, &tty.shown, y))
			continue;
		length += (size_t)sprintf(bytes + length, "\033[%d;1H\033[K", y + 1);
		length += grid_row(g, y, tty.look, bytes + length);
	}
	write_all(STDOUT_FILENO, bytes, length);
	free(bytes);
	grid_free(&tty.shown);
	tty.shown = *g;
	memset(g, 0, sizeof *g);
}

/* Arrow keys and the like arrive as Escape and further bytes at once; skips all of these. */
int
tty_key(void)
{
	char bytes[64];
	ssize_t got = read(STDIN_FILENO, bytes, 1);

	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return 0;
	if (got <= 0)
		return -1;
	if (*bytes != '\033')
		return (unsigned char)*bytes;
	got = read(STDIN_FILENO, bytes, sizeof bytes);
	return 0;
}
