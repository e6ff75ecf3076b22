/* preview_ics - writes the preview as a calendar (RFC 5545) in the device's time zone, with a category for each person. */
#include <string.h>

#include "words/pattern.h"
#include "preview.h"

#define LINE_OCTETS 75
#define GLANCE "PT5M"		/* the duration of a banner's event in the calendar */
#define DATE_SIZE 24

/* Writes one content line, folded as RFC 5545 requires, never within a character. */
static void
put_line(const char *text, FILE *out)
{
	size_t room = LINE_OCTETS;

	for (size_t length; *text; text += length) {
		for (length = 1; ((unsigned char)text[length] & 0xc0) == 0x80;)
			length++;
		if (length > room) {
			fputs("\r\n ", out);
			room = LINE_OCTETS - 1;
		}
		room -= length;
		fwrite(text, 1, length, out);
	}
	fputs("\r\n", out);
}

static void
put_text(const char *name, const char *value, FILE *out)
{
	char whole[2 * PHRASE_TEXT + 64];
	size_t used = (size_t)snprintf(whole, sizeof whole, "%s:", name);

	for (; *value && used < sizeof whole - 3; value++) {
		if (strchr("\\;,\n", *value))
			whole[used++] = '\\';
		whole[used++] = *value == '\n' ? 'n' : *value;
	}
	whole[used] = '\0';
	put_line(whole, out);
}

static const char *
local_text(int64_t at, const struct zone *zone, char date[DATE_SIZE])
{
	struct civil c;

	calendar_local(at, zone, &c, NULL, NULL);
	snprintf(date, DATE_SIZE, "%04d%02d%02dT%02d%02d%02d", c.year, c.month, c.day, c.hour, c.minute, c.second);
	return date;
}

static void
put_instant(const char *name, int64_t at, const struct zone *zone, FILE *out)
{
	char date[DATE_SIZE], whole[160];
	struct civil c;
	int64_t back;

	calendar_local(at, zone, &c, NULL, NULL);
	calendar_instant(&c, zone, &back);
	/* In a calendar a local time that occurs twice means the first, so the second is written in UTC. */
	if (zone == &calendar_utc || at - at % SECOND_MS != back)
		snprintf(whole, sizeof whole, "%s:%sZ", name, local_text(at, &calendar_utc, date));
	else
		snprintf(whole, sizeof whole, "%s;TZID=%s:%s", name, zone->name, local_text(at, zone, date));
	put_line(whole, out);
}

static int32_t
offset_at(int64_t at, const struct zone *zone, const char **name)
{
	struct civil c;
	int32_t offset;

	calendar_local(at, zone, &c, name, &offset);
	return offset;
}

static void
put_offset(const char *name, int32_t seconds, FILE *out)
{
	int32_t size = seconds < 0 ? -seconds : seconds;

	fprintf(out, "%s:%c%02d%02d", name, seconds < 0 ? '-' : '+', size / 3600, size / 60 % 60);
	if (size % 60)
		fprintf(out, "%02d", size % 60);
	fputs("\r\n", out);
}

/* Writes the zone's rule from `at` on. DTSTART is the local time by the old offset, `before`. */
static void
put_observance(const struct zone *zone, int64_t at, int32_t before, FILE *out)
{
	const char *name;
	int32_t after = offset_at(at, zone, &name);
	const char *kind = zone->daylight && after == zone->summer ? "DAYLIGHT" : "STANDARD";
	char date[DATE_SIZE];

	fprintf(out, "BEGIN:%s\r\nDTSTART:%s\r\n", kind, local_text(at + before * SECOND_MS, &calendar_utc, date));
	put_offset("TZOFFSETFROM", before, out);
	put_offset("TZOFFSETTO", after, out);
	put_text("TZNAME", name, out);
	fprintf(out, "END:%s\r\n", kind);
}

/* Writes the zone's changes from a day before the story begins to its end. */
static void
put_zone(const struct preview *p, int64_t to, FILE *out)
{
	const struct zone *zone = p->device.zone;
	int64_t at = p->start - p->start % HOUR_MS - DAY_MS;
	int32_t before = offset_at(at, zone, NULL);

	if (zone == &calendar_utc)
		return;
	fputs("BEGIN:VTIMEZONE\r\n", out);
	put_text("TZID", zone->name, out);
	put_observance(zone, at, before, out);
	for (; at < to; at += MINUTE_MS)
		if (offset_at(at, zone, NULL) != before) {
			put_observance(zone, at, before, out);
			before = offset_at(at, zone, NULL);
		}
	fputs("END:VTIMEZONE\r\n", out);
}

struct calendar {
	const struct preview *preview;
	enum person person;
	unsigned events;		/* written so far */
	FILE *out;
};

/* until: NEVER if the event is a moment. */
static void
put_event(struct calendar *c, int64_t at, int64_t until, const char *summary, const char *description)
{
	const struct preview *p = c->preview;
	const struct person_about *about = &person_about[c->person];
	FILE *out = c->out;
	char words[2 * PHRASE_TEXT], date[DATE_SIZE];

	fputs("BEGIN:VEVENT\r\n", out);
	snprintf(words, sizeof words, "%s-%s-%u@lastcall", p->policy->name, about->name, ++c->events);
	put_text("UID", words, out);
	snprintf(words, sizeof words, "DTSTAMP:%sZ", local_text(p->start, &calendar_utc, date));
	put_line(words, out);
	put_instant("DTSTART", at, p->device.zone, out);
	if (until == NEVER)
		put_line("DURATION:" GLANCE, out);
	else
		put_instant("DTEND", until, p->device.zone, out);
	pattern_fill("{summary} ({person})", (struct slot[]){{"summary", summary}, {"person", about->name}, {0}},
		words, sizeof words);
	put_text("SUMMARY", words, out);
	if (*description)
		put_text("DESCRIPTION", description, out);
	put_text("CATEGORIES", about->who, out);
	put_line(until == NEVER ? "TRANSP:TRANSPARENT" : "TRANSP:OPAQUE", out);
	fputs("END:VEVENT\r\n", out);
}

static void
put_moment(struct calendar *c, const struct moment *m)
{
	const struct preview *p = c->preview;
	struct face face = preview_face(p, m);
	struct facts facts = face_facts(&face);
	struct card card;

	if ((m->effect == FX_BANNER || m->effect == FX_WARNING) && card_banner(&m->view, &p->texts, &facts, &card))
		put_event(c, m->at, NEVER, card.title, card.body);
	else if (*m->who == '>')
		put_event(c, m->at, NEVER, m->said, "");
}

static void
put_span(struct calendar *c, const struct span *s)
{
	const struct preview *p = c->preview;
	static const struct {
		enum phrase summary, description;
	} said[PHASES] = {
		[PHASE_COUNTDOWN] = {PHRASE_TIMER_HEADING, PHRASE_TIMER_TITLE},
		[PHASE_INSTALLING] = {PHRASE_PROGRESS_HEADING, PHRASE_PROGRESS_BODY},
		[PHASE_RESTARTING] = {PHRASE_RESTARTS, PHRASE_VERIFYING},
	};
	struct facts facts = {.os = p->os, .target = p->requirement.target, .required = p->requirement.version,
		.installed = p->device.version, .deadline = p->requirement.deadline, .left = s->to - s->from,
		.countdown = p->policy->countdown.length, .policy = p->policy->label, .zone = p->device.zone};
	char summary[PHRASE_TEXT], description[PHRASE_TEXT];

	if (s->phase != PHASE_COUNTDOWN && s->phase != PHASE_INSTALLING && s->phase != PHASE_RESTARTING)
		return;
	phrase_say(&p->texts, said[s->phase].summary, &facts, summary);
	phrase_say(&p->texts, said[s->phase].description, &facts, description);
	put_event(c, s->from, s->to, summary, description);
}

void
preview_ics(const struct preview *p, FILE *out)
{
	struct calendar c = {.preview = p, .out = out};
	int64_t to = p->start;

	for (unsigned i = 0; i < PERSONS; i++)
		to = p->lives[i].ends > to ? p->lives[i].ends : to;
	fputs("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//lastcall//preview//EN\r\n", out);
	put_text("X-WR-CALNAME", p->policy->label, out);
	put_zone(p, to, out);
	for (; c.person < PERSONS; c.person++) {
		const struct life *life = &p->lives[c.person];

		for (size_t i = 0; i < life->count; i++)
			put_moment(&c, &life->moments[i]);
		for (size_t i = 0; i < life->span_count; i++)
			put_span(&c, &life->spans[i]);
	}
	fputs("END:VCALENDAR\r\n", out);
}
