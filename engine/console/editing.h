/* Editing: what keys do to a text: a caret, a selection, undo and redo, and the clipboard. */
#ifndef CONSOLE_EDITING_H
#define CONSOLE_EDITING_H

#include "console/screen.h"

/* The text of a field; made where there is none. */
const char *toc_editing_text(toc_screen *screen, const char *id);
void toc_editing_set(toc_screen *screen, const char *id, const char *text);
/* In the place of what is selected. */
void toc_editing_insert(toc_screen *screen, const char *id, const char *text);
/* True where the key ("Shift+Left", "Ctrl+Z") is one that edits. */
bool toc_editing_key(toc_screen *screen, const char *id, const char *key, bool is_multiline);

#endif
