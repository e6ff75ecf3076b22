/* markup - writes any bytes as text of XML and HTML. In words, because tools of authors and of QA write pages. */
#ifndef TEXT_MARKUP_H
#define TEXT_MARKUP_H

#include <stdio.h>

/* Escapes markup. Control characters other than tab and newline, and bytes that are not UTF-8, become U+FFFD. The
 * result may also be used in an attribute in double quotes. */
void markup_text(const char *text, size_t length, FILE *);

#endif
