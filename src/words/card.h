/* card - what stands on a banner or in a window, in words: the same for every face, which only lays it out. Pure. */
#ifndef TEXT_CARD_H
#define TEXT_CARD_H

#include "core/view.h"
#include "phrase.h"

#define CARD_LINE 192

struct card {
	char heading[CARD_LINE];	/* of the window or banner */
	char title[CARD_LINE];
	char note[CARD_LINE];		/* what happens now; or "" */
	char body[PHRASE_TEXT];
	unsigned rows;
	struct {
		char label[CARD_LINE], value[CARD_LINE];
		bool detail;		/* may be left out where room is short */
	} row[5];
};

/* What a face knows beside the view; the rest of *facts follows from the view, now. */
struct facts card_facts(const struct view *, const struct facts *known, int64_t now);

/* False: there is none. narrow: a deadline without its year and zone. */
bool card_banner(const struct view *, const struct texts *, const struct facts *, struct card *);
bool card_window(const struct view *, const struct texts *, const struct facts *, bool narrow, struct card *);

/* What is said where there is neither, so that silence is never a riddle; PHRASES: nothing. */
enum phrase card_quiet(const struct view *);

/* Buttons that mean something now, in the order of their display. */
enum button_place { ON_BANNER, ON_WINDOW, BELOW };	/* BELOW: neither, unless a face has room */
struct card_button {
	enum button_place place;
	char label[CARD_LINE];
	struct event intent;		/* kind and payload */
};

#define CARD_BUTTONS (POLICY_REMINDS + 6)
unsigned card_buttons(const struct view *, const struct texts *, const struct facts *,
	struct card_button list[CARD_BUTTONS]);

#endif
