/* card - composes the texts of a banner or window, and its buttons. Faces only lay them out. Pure. */
#ifndef TEXT_CARD_H
#define TEXT_CARD_H

#include "core/view.h"
#include "texts.h"

#define CARD_LINE 192

struct card {
	char heading[CARD_LINE];	/* above the window or banner */
	char title[CARD_LINE];
	char note[CARD_LINE];		/* what is being done now, or "" */
	char body[PHRASE_TEXT];
	unsigned rows;
	struct {
		char label[CARD_LINE], value[CARD_LINE];
		bool detail;		/* may be left out on a small screen */
	} row[5];
};

/* Returns known, which has what the view does not, with the rest filled in from the view at `now`. */
struct facts card_facts(const struct view *, const struct facts *known, int64_t now);

/* Return false if the view has no banner or window. narrow: writes the deadline without year and time zone. */
bool card_banner(const struct view *, const struct texts *, const struct facts *, struct card *);
bool card_window(const struct view *, const struct texts *, const struct facts *, bool narrow, struct card *);

/* Returns the phrase that says what is happening while no banner or window is open, or PHRASES for none. */
enum phrase card_quiet(const struct view *);

/* Lists the buttons that have an effect now, in display order. Returns their number. */
enum button_place { ON_BANNER, ON_WINDOW, BELOW };	/* BELOW: if the face has room */
struct card_button {
	enum button_place place;
	char label[CARD_LINE];
	struct event intent;		/* only kind and payload */
};

#define CARD_BUTTONS (POLICY_REMINDS + 6)
unsigned card_buttons(const struct view *, const struct texts *, const struct facts *,
	struct card_button list[CARD_BUTTONS]);

#endif
