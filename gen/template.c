/* The fixed text of the generated files: the build turns machine.h.in and machine.rl.in into string literals. */
#include "emit.h"

const char *const template_header[] = {
#include "machine.h.inc"
	NULL};

const char *const template_ragel[] = {
#include "machine.rl.inc"
	NULL};
