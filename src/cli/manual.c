/* manual - fills a manual page's template, at build time: a line `.\" @keys`, `@types`, `@codes` or `@texts` of standard input
 * becomes what src/text/manual writes of the table of policy keys. */
#include <stdio.h>
#include <string.h>

#include "../text/manual.h"
#include "../text/policy.h"

int
main(void)
{
	char line[1024];

	while (fgets(line, sizeof line, stdin)) {
		if (!strcmp(line, ".\\\" @keys\n"))
			manual_keys(policy_keys, stdout);
		else if (!strcmp(line, ".\\\" @types\n"))
			manual_types(policy_keys, stdout);
		else if (!strcmp(line, ".\\\" @codes\n"))
			manual_codes(stdout);
		else if (!strcmp(line, ".\\\" @texts\n"))
			manual_texts(stdout);
		else
			fputs(line, stdout);
	}
	return ferror(stdin) || fflush(stdout) != 0;
}
