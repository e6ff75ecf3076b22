/* schema - prints what a policy may hold as JSON Schema, which editors read to complete, explain and check it. */
#include "text/command.h"
#include "text/memory.h"
#include "words/policy.h"
#include "schema.h"

static int
print_schema(void *arguments, unsigned count, char **operands)
{
	json_t *schema = schema_of(policy_keys, "lastcall policy", "what is required of devices, and how people are told");

	(void)arguments, (void)count, (void)operands;
	if (json_dumpf(schema, stdout, JSON_INDENT(2)) != 0)
		memory_out();
	putchar('\n');
	json_decref(schema);
	return EXIT_FINE;
}

const struct command command_schema = {
	.name = "schema", .about = "print the JSON Schema of policies, for editors", .run = print_schema,
};
