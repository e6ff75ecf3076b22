#include "preview.h"
void preview_ics(const struct preview *p, FILE *out) { (void)p,(void)out; }
