/* policy_text - prints a policy with every default written out, or its problems. usage: policy_text FILE */
#include <stdio.h>
#include <stdlib.h>

#include "words/policy.h"
#include "text/zone.h"

int
main(int argc, char **argv)
{
	struct messages messages = {0};
	struct policy policy;
	char *text;
	bool good;

	if (argc != 2)
		return 2;
	good = policy_load(argv[1], &policy, &messages);
	text = good ? policy_text(&policy) : message_text(&messages);
	fputs(text, stdout);
	free(text);
	message_free(&messages);
	zones_free();
	return good ? 0 : 1;
}
