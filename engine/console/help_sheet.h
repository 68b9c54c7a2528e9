/* Help sheet: the keys of a desk, from the table of bindings. */
#ifndef CONSOLE_HELP_SHEET_H
#define CONSOLE_HELP_SHEET_H

#include "console/post.h"

/* Adds the dialog. */
void toc_help_sheet_compose(toc_post *post, char desk);

#endif
