/* The JSON Schema of machine files, for editors: written from the tables that the reader goes by. */
#include "emit.h"

#include "read/read.h"

#define TO(name) "{\"$ref\": \"#/definitions/" name "\"}"
#define MAP_OF(name) "{\"type\": \"object\", \"propertyNames\": " TO("name") ", \"additionalProperties\": " TO(name) "}"

static const char *const shapes[SHAPES] = {
	[SHAPE_SCALAR] = TO("scalar"),
	[SHAPE_VERSION] = "{\"enum\": [1, \"1\"]}",
	[SHAPE_FLAG] = "{\"enum\": [true, false, \"true\", \"false\"]}",
	[SHAPE_RESTART] = "{\"enum\": [\"keep\", \"again\"]}",
	[SHAPE_NOTHING] = "{\"type\": \"null\"}",
	[SHAPE_NAMES] = TO("scalars"),
	[SHAPE_WORDS] = "{\"anyOf\": [" TO("scalar") ", " TO("scalars") "]}",
	[SHAPE_SCALARS] = "{\"type\": \"object\", \"additionalProperties\": " TO("scalar") "}",
	[SHAPE_TYPES] = MAP_OF("type"),
	[SHAPE_EVENTS] = MAP_OF("event"),
	[SHAPE_GROUPS] = MAP_OF("scalars"),
	[SHAPE_EFFECTS] = MAP_OF("effect"),
	[SHAPE_TIMERS] = MAP_OF("timer"),
	[SHAPE_ANSWERS] = MAP_OF("handlers"),
	[SHAPE_REGIONS] = "{\"type\": \"object\", \"minProperties\": 1, \"additionalProperties\": " TO("state") "}",
	[SHAPE_ARROWS] = "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"object\"}}",
	[SHAPE_PROMISES] = MAP_OF("promise"),
	[SHAPE_STATES] = MAP_OF("state"),
	[SHAPE_DOING] = TO("doing"),
	[SHAPE_CHOICE] = "{\"anyOf\": [" TO("transition") ", " TO("transitions") "]}",
	[SHAPE_HANDLERS] = TO("handlers"),
	[SHAPE_HAPPENING] = TO("happening"),
};

/* Definitions without a table of keys. */
static const char fixed[] =
	"    \"name\": {\"pattern\": \"^[a-z][a-z0-9_-]*$\"},\n"
	"    \"scalar\": {\"type\": [\"string\", \"number\", \"boolean\"], \"not\": {\"const\": \"\"}},\n"
	"    \"scalars\": {\"type\": \"array\", \"items\": " TO("scalar") "},\n"
	"    \"type\": {\"anyOf\": [{\"enum\": [\"int64_t\", \"uint32_t\", \"int32_t\", \"uint16_t\", \"int16_t\", "
	"\"uint8_t\", \"int8_t\", \"bool\"]},\n"
	"      {\"type\": \"array\", \"minItems\": 1, \"maxItems\": 256, \"items\": " TO("scalar") "}]},\n"
	"    \"doing\": {\"type\": \"array\", \"items\": {\"anyOf\": [" TO("scalar") ",\n"
	"      {\"type\": \"object\", \"minProperties\": 1, \"maxProperties\": 1, \"additionalProperties\": {\"anyOf\": ["
	TO("scalar") ",\n        {\"type\": \"object\", \"additionalProperties\": " TO("scalar") "}]}}]}},\n"
	"    \"transitions\": {\"type\": \"array\", \"minItems\": 1,\n"
	"      \"items\": {\"anyOf\": [{\"const\": \"else\"}, " TO("transition") "]}},\n"
	"    \"handlers\": {\"type\": \"object\", \"additionalProperties\":\n"
	"      {\"anyOf\": [" TO("scalar") ", " TO("transition") ", " TO("transitions") "]}},\n";

static void
write_needed(const struct key *keys, FILE *out)
{
	const char *between = ", \"required\": [";

	for (; keys->name; keys++)
		if (keys->needed) {
			fprintf(out, "%s\"%s\"", between, keys->name);
			between = ", ";
		}
	if (between[2] != '"')
		fputs("]", out);
}

/* rest: the schema of any other member, or "false". more: what else is true of it. */
static void
write_object(const struct key *keys, const char *rest, const char *more, FILE *out)
{
	fprintf(out, "{\"type\": \"object\", \"additionalProperties\": %s%s", rest, more);
	write_needed(keys, out);
	fputs(",\n      \"properties\": {", out);
	for (const char *between = "\n"; keys->name; keys++, between = ",\n")
		fprintf(out, "%s        \"%s\": %s", between, keys->name, shapes[keys->shape]);
	fputs("}}", out);
}

bool
emit_schema(FILE *out)
{
	static const char one_clock[] = ",\n      \"oneOf\": [{\"required\": [\"at\"]}, {\"required\": [\"after\"]}, "
		"{\"required\": [\"after_awake\"]}, {\"required\": [\"every_awake\"]}]";
	static const char when_or_else[] = ", \"not\": {\"required\": [\"when\", \"else\"]}";
	const struct {
		const char *name;
		const struct key *keys;
		const char *rest, *more;
	} objects[] = {
		{"event", read_attribute_keys(true), TO("scalar"), ""},
		{"effect", read_attribute_keys(false), TO("scalar"), ""},
		{"timer", timer_keys, "false", one_clock},
		{"transition", branch_keys, "false", when_or_else},
		{"state", state_keys, "false", ""},
		{"promise", promise_keys, "false", ""},
		{"happening", happening_keys, "false", ""},
	};

	fprintf(out, "{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n"
		"  \"title\": \"A machine, as lastcall-machine(5) describes it\",\n  \"definitions\": {\n%s", fixed);
	for (size_t i = 0; i < sizeof(objects) / sizeof(*objects); i++) {
		fprintf(out, "%s    \"%s\": ", i ? ",\n" : "", objects[i].name);
		write_object(objects[i].keys, objects[i].rest, objects[i].more, out);
	}
	fputs("},\n  \"allOf\": [", out);
	write_object(read_machine_keys(), "false", "", out);
	fputs("]\n}\n", out);
	return !ferror(out);
}
