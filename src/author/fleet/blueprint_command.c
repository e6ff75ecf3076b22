/* blueprint_command - `lastcall blueprint`: shows the blueprint and ring of each device, and what is required of it. */
#include <stdio.h>

#include "text/command.h"
#include "core/version.h"
#include "blueprint.h"
#include "text/instant.h"
#include "text/key.h"
#include "text/zone.h"

static void
print_policy(const struct policy *p)
{
	const struct zone *zone = p->enforce == ENFORCE_MINIMUM ? p->minimum.zone : p->automatic.zone;
	const char *where = zone ? zone->name : "the device's own time";
	char version[VERSION_TEXT], local[VALUE_LOCAL], span[DURATION_TEXT];
	int minutes = (int)(p->automatic.at / MINUTE_MS);

	printf("  %s: ", p->label);
	switch (p->enforce) {
	case ENFORCE_NOTHING:
		puts("nothing is required");
		break;
	case ENFORCE_MINIMUM:
		printf("%s by %s, %s\n", version_format(p->minimum.version, version),
			value_local_text(&p->minimum.deadline, local), where);
		break;
	case ENFORCE_AUTOMATIC:
		printf("every %s %s after its release, at %02d:%02d, %s\n",
			p->automatic.upgrades ? "release" : "update",
			duration_format(p->automatic.after_release, span), minutes / 60, minutes % 60, where);
	}
}

static void
print_ring(const struct blueprint *b, const struct blueprint_ring *ring)
{
	for (unsigned i = 0; i < b->policy_count; i++) {
		struct policy policy = blueprint_delayed(&b->policies[i].policy, ring);

		print_policy(&policy);
	}
}

static void
print_blueprint(const struct blueprint *b)
{
	printf("%s (%s):", b->name, b->label);
	for (const struct node *pattern = b->devices->child; pattern; pattern = pattern->next)
		printf(" %s", pattern->text);
	putchar('\n');
	for (unsigned i = 0; i < b->ring_count; i++) {
		printf(" ring %s, %lld %%\n", b->rings[i].name, (long long)b->rings[i].share);
		print_ring(b, &b->rings[i]);
	}
}

/* Returns false if the device is in no blueprint. */
static bool
print_device(const struct blueprints *all, const char *device)
{
	const struct blueprint *b = blueprint_of(all, device);

	if (!b) {
		printf("%s: in no blueprint\n", device);
		return false;
	}
	printf("%s: %s, ring %s\n", device, b->name, blueprint_ring(b, device)->name);
	print_ring(b, blueprint_ring(b, device));
	return true;
}

static int
blueprint(void *arguments, unsigned count, char **operands)
{
	struct messages messages = {0};
	struct blueprints *all = blueprints_load(operands[0], &messages);
	int status = all ? EXIT_FINE : EXIT_UNUSABLE;

	(void)arguments;
	message_print(&messages, stderr);
	for (unsigned i = 1; all && i < count; i++)
		if (!print_device(all, operands[i]))
			status = EXIT_DIFFERENT;
	for (unsigned i = 0; all && count == 1 && i < all->count; i++)
		print_blueprint(&all->list[i]);
	blueprints_free(all);
	return status;
}

const struct command command_blueprint = {
	.name = "blueprint", .about = "show blueprints, or which blueprint and policies devices get",
	.operands = {"FILE [DEVICE...]"}, .run = blueprint,
};
