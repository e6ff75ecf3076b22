/* schema - what a policy may hold as JSON Schema, which editors read to complete, explain and check it. */
#include "cli/cli.h"
#include "text/memory.h"
#include "words/policy.h"
#include "schema.h"
#include "text/zone.h"

int
cmd_schema(int argc, char **argv)
{
	json_t *schema;

	if (argc > 1)
		return cli_usage(argv[0], "no argument \"%.40s\": it takes none", argv[1]);
	schema = schema_of(policy_keys, "lastcall policy", "what is required of devices, and how people are told");
	if (json_dumpf(schema, stdout, JSON_INDENT(2)) != 0)
		memory_out();
	putchar('\n');
	json_decref(schema);
	zones_free();
	return EXIT_FINE;
}
