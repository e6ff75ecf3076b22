/* markup - text inside XML and HTML, whatever bytes it is made of. */
#ifndef TEXT_MARKUP_H
#define TEXT_MARKUP_H

#include <stdio.h>

/* What means something to a parser is escaped; what may not stand there (control characters, bytes that are no
 * UTF-8) becomes U+FFFD, but for tabs and newlines. Fit for an attribute in double quotes too. */
void markup_text(const char *text, size_t length, FILE *);

#endif
