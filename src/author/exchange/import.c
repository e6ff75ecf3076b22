/* import - converts another tool's settings to a policy: YAML goes to standard output, what is lost to standard error. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/command.h"
#include "text/file.h"
#include "exchange.h"

/* Makes a name for the policy: "Example Assets/com.example.Nudge.json" becomes "com.example.nudge". */
static void
make_name(const char *path, char name[POLICY_NAME])
{
	const char *slash = strrchr(path, '/'), *from = slash ? slash + 1 : path, *dot = strrchr(from, '.');
	size_t length = dot && dot > from ? (size_t)(dot - from) : strlen(from), used = 0;

	for (size_t i = 0; i < length && used < POLICY_NAME - 1; i++) {
		char c = (char)(from[i] >= 'A' && from[i] <= 'Z' ? from[i] - 'A' + 'a' : from[i]);

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (used && strchr("._-", c)))
			name[used++] = c;
		else if (used && name[used - 1] != '-')
			name[used++] = '-';
	}
	name[used] = '\0';
	if (!used)
		strcpy(name, "imported");
}

/* Prints the policy. Asserts that `check` accepts the text. */
static void
print_policy(const struct policy *policy)
{
	char *text = policy_text(policy);
	struct messages messages = {0};
	struct policy again;
	bool good = policy_decode("imported", text, strlen(text), &again, &messages);

	assert(good);
	fputs(text, stdout);
	free(text);
	message_free(&messages);
}

static int
import_nudge(const char *path)
{
	struct messages messages = {0};
	struct policy policy;
	char name[POLICY_NAME];
	size_t length;
	char *text = file_read(path, NUDGE_BYTES, &length, &messages);
	int status = EXIT_UNUSABLE;

	make_name(path, name);
	if (text)
		status = nudge_decode(path, text, length, name, &policy, &messages) ? EXIT_FINE : EXIT_DIFFERENT;
	message_print(&messages, stderr);
	if (status == EXIT_FINE)
		print_policy(&policy);
	free(text);
	return status;
}

static int
import(void *arguments, unsigned count, char **operands)
{
	(void)arguments, (void)count;
	return import_nudge(operands[1]);
}

const struct command command_import = {
	.name = "import", .about = "convert another tool's settings to a policy, and list what is lost",
	.operands = {"nudge FILE"}, .run = import,
};
