/* preview_html - writes the preview as one page that needs no scripts, fonts or network. */
#include <string.h>

#include "core/version.h"
#include "words/markup.h"
#include "words/words.h"
#include "face/rehearse/host.h"
#include "preview.h"

static const char *const css[] = {
#include "author/preview/preview.css.inc"
};

static void
put_text(const char *text, FILE *out)
{
	markup_text(text, strlen(text), out);
}

/* Writes <tag class="class">text</tag>, or nothing if the text is empty. */
static void
put_element(const char *tag, const char *class, const char *text, FILE *out)
{
	if (!*text)
		return;
	fprintf(out, *class ? "<%s class=\"%s\">" : "<%s>", tag, class);
	put_text(text, out);
	fprintf(out, "</%s>", tag);
}

static void
put_fact(const char *name, const char *value, FILE *out)
{
	put_element("dt", "", name, out);
	put_element("dd", "", value, out);
	fputc('\n', out);
}

static void
put_head(const struct preview *p, FILE *out)
{
	fputs("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
		"<title>", out);
	put_text(p->policy->label, out);
	fputs(": what people will see</title>\n<style>\n", out);
	for (size_t i = 0; i < sizeof css / sizeof *css; i++) {
		fputs(css[i], out);
		fputc('\n', out);
	}
	fputs("</style>\n</head>\n<body>\n", out);
}

static void
put_introduction(const struct preview *p, FILE *out)
{
	const struct requirement *r = &p->requirement;
	char text[256], version[VERSION_TEXT], words[WORDS_TEXT], install[WORDS_TEXT], restart[WORDS_TEXT];

	fputs("<header>\n", out);
	put_element("h1", "", p->policy->label, out);
	snprintf(text, sizeof text, "What people will see, in their own time (%s)", p->device.zone->name);
	put_element("p", "dim", text, out);
	fputs("\n<dl>\n", out);
	snprintf(text, sizeof text, "%s %s%s", p->os, version_format(p->device.version, version),
		p->pretends ? ", an example below what is required" : "");
	put_fact("Device", text, out);
	put_fact("Required", version_format(r->version, version), out);
	put_fact("To be installed", version_format(r->target, version), out);
	put_fact("Deadline", words_moment(r->deadline, p->device.zone, words), out);
	snprintf(text, sizeof text, "awake and logged in all the time; %s to download, %s to install, %s to restart",
		words_span(host_work(FX_DOWNLOAD)->takes, words), words_span(host_work(FX_INSTALL)->takes, install),
		words_span(host_work(FX_REBOOT)->takes, restart));
	put_fact("Assumed", text, out);
	fputs("</dl>\n</header>\n", out);
}

static void
put_legend(FILE *out)
{
	static const struct {
		enum phase phase;
		const char *means;
	} colours[] = {
		{PHASE_QUIET, "nothing"}, {PHASE_BANNER, "a banner is up"}, {PHASE_SNOOZED, "a reminder is set"},
		{PHASE_COUNTDOWN, "countdown"}, {PHASE_INSTALLING, "installing"}, {PHASE_RESTARTING, "restarting"},
	};

	fputs("<figcaption>", out);
	for (size_t i = 0; i < sizeof colours / sizeof *colours; i++)
		fprintf(out, "<span><svg><rect class=\"%s\" width=\"12\" height=\"12\"/></svg>%s</span>\n",
			preview_phase[colours[i].phase], colours[i].means);
	fputs("<span><svg><circle class=\"dot\" cx=\"6\" cy=\"6\" r=\"5\"/></svg>something appears</span>"
		"</figcaption>\n", out);
}

static void
put_buttons(const struct face *f, enum button_place place, FILE *out)
{
	struct facts facts = face_facts(f);
	struct card_button list[CARD_BUTTONS];
	unsigned count = card_buttons(&f->view, f->texts, &facts, list), shown = 0;

	for (unsigned i = 0; i < count; i++)
		if (list[i].place == place) {
			fputs(shown++ ? "" : "<p class=\"buttons\">", out);
			put_element("span", "", list[i].label, out);
		}
	fputs(shown ? "</p>\n" : "", out);
}

/* again: there was a banner of this kind before, so leave out what is the same every time. */
static void
put_banner(const struct face *f, bool again, FILE *out)
{
	struct facts facts = face_facts(f);
	struct card card;

	if (!card_banner(&f->view, f->texts, &facts, &card))
		return;
	fprintf(out, "<div class=\"card\" lang=\"%s\">", f->texts->language->tag);
	put_element("span", "close", "×", out);
	if (!again)
		put_element("p", "heading", card.heading, out);
	put_element("p", "title", card.title, out);
	put_element("p", "", card.body, out);
	if (!again)
		put_buttons(f, ON_BANNER, out);
	fputs("</div>\n", out);
}

static void
put_window(const struct face *f, FILE *out)
{
	struct facts facts = face_facts(f);
	struct card card;
	char left[WORDS_TEXT];

	if (!card_window(&f->view, f->texts, &facts, false, &card))
		return;
	fprintf(out, "<div class=\"card window\" lang=\"%s\">", f->texts->language->tag);
	put_element("p", "heading", card.heading, out);
	put_element("p", "title", card.title, out);
	fputs(card.rows ? "<dl>" : "", out);
	for (unsigned i = 0; i < card.rows; i++)
		put_fact(card.row[i].label, card.row[i].value, out);
	fputs(card.rows ? "</dl>" : "", out);
	if (f->view.screen == SCREEN_TIMER)
		put_element("p", "left", language_timer(f->view.left, left), out);
	if (f->view.screen == SCREEN_PROGRESS)
		fputs("<div class=\"bar\"></div>", out);
	put_element("p", "", card.note, out);
	put_element("p", "", card.body, out);
	if (f->view.screen != SCREEN_PROGRESS)
		put_buttons(f, ON_WINDOW, out);
	fputs("</div>\n", out);
}

static bool
is_on_card(enum effect_kind kind)
{
	return kind == FX_BANNER || kind == FX_WARNING || kind == FX_OPEN_INFO || kind == FX_OPEN_TIMER ||
		kind == FX_OPEN_PROGRESS;
}

/* Writes what happens out of people's sight, for the author: which driver does what. */
static void
put_work(const struct moment *m, FILE *out)
{
	fputs("<p class=\"work\">", out);
	put_element("b", "", m->who + strcspn(m->who, "abcdefghijklmnopqrstuvwxyz"), out);
	fputc(' ', out);
	put_text(m->said, out);
	fputs("</p>", out);
}

static void
put_moment(const struct preview *p, const struct life *life, const struct moment *m, FILE *out)
{
	struct face face = preview_face(p, m);
	bool again = false;

	for (const struct moment *earlier = life->moments; earlier < m; earlier++)
		again = again || earlier->effect == m->effect;
	if (m->effect == FX_BANNER || m->effect == FX_WARNING)
		put_banner(&face, again, out);
	else if (is_on_card(m->effect))
		put_window(&face, out);
	else if (m->effect == FX_REPORT)
		put_element("p", "end", m->said, out);
	else if (*m->who == '>')
		put_element("p", "does", m->said, out);
	else
		put_work(m, out);
}

/* Writes moment i and the following ones at the same time. Returns the index of the next one. */
static size_t
put_moments(const struct preview *p, const struct life *life, size_t i, FILE *out)
{
	int64_t at = life->moments[i].at;
	bool alone = i + 1 == life->count || life->moments[i + 1].at != at;
	char date[WORDS_TEXT], instant[INSTANT_TEXT];

	fprintf(out, "<li%s><time datetime=\"%s\">%s</time>\n",
		alone && !is_on_card(life->moments[i].effect) ? " class=\"line\"" : "", instant_format(at, instant),
		words_date(at, p->device.zone, date));
	for (; i < life->count && life->moments[i].at == at; i++)
		put_moment(p, life, &life->moments[i], out);
	fputs("</li>\n", out);
	return i;
}

static void
put_sum(const struct preview *p, const struct life *life, FILE *out)
{
	unsigned banners = preview_count(life, FX_BANNER), warnings = preview_count(life, FX_WARNING);
	int64_t install = preview_begins(life, PHASE_INSTALLING);
	char begins[WORDS_TEXT], back[WORDS_TEXT];

	fprintf(out, "<p class=\"sum\">%u banner%s, %u warning%s.", banners, banners == 1 ? "" : "s", warnings,
		warnings == 1 ? "" : "s");
	if (install != NEVER)
		fprintf(out, " The update begins %s.", words_date(install, p->device.zone, begins));
	if (life->verified)
		fprintf(out, " Back at work %s.", words_date(life->ends, p->device.zone, back));
	fputs("</p>\n", out);
}

static void
put_life(const struct preview *p, enum person person, FILE *out)
{
	const struct life *life = &p->lives[person];

	fputs("<section class=\"life\">\n", out);
	put_element("h2", "", person_about[person].who, out);
	put_element("p", "habit", person_about[person].does, out);
	put_sum(p, life, out);
	preview_last_hour(p, person, out);
	fputs("<ol>\n", out);
	for (size_t i = 0; i < life->count;)
		i = put_moments(p, life, i, out);
	fputs("</ol>\n", out);
	if (life->cut)
		fprintf(out, "<p class=\"dim\">… and more: only the first %d moments are shown.</p>\n", MOMENTS_MAX);
	fputs("</section>\n", out);
}

void
preview_html(const struct preview *p, FILE *out)
{
	put_head(p, out);
	put_introduction(p, out);
	fputs("<main>\n<figure>\n", out);
	preview_timeline(p, out);
	put_legend(out);
	fputs("</figure>\n<div class=\"lives\">\n", out);
	for (unsigned i = 0; i < PERSONS; i++)
		put_life(p, (enum person)i, out);
	fprintf(out, "</div>\n</main>\n<footer>Played on the machine that agents run (%s %s), in virtual time.</footer>\n"
		"</body>\n</html>\n", machine_name, machine_hash);
}
