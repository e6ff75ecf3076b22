#include "trace_show.h"
bool
trace_html(const struct trace_text *t, const struct trace_style *style, FILE *out, struct messages *messages)
{
	return trace_show(t, style, out, messages);
}
