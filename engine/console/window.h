/* Window: the console on a screen of the machine: SDL2, and nothing of it elsewhere. The bureau's
   pixels go to the window's surface as they are. */
#ifndef CONSOLE_WINDOW_H
#define CONSOLE_WINDOW_H

#include "console/bureau.h"

typedef struct toc_window toc_window;

/* What is wrong, with the remedy, goes to `why`; NULL then. */
toc_window *toc_window_open(const char *title, int width, int height, char *why, size_t size);
void toc_window_close(toc_window *window);
/* Hands on what the user did and paints what has changed. False once the window was closed. */
bool toc_window_pump(toc_window *window, toc_bureau *bureau);
/* Shows what stands there without waiting for anything. */
void toc_window_show(toc_window *window, toc_bureau *bureau);
/* Writes what is seen as PNG. */
bool toc_window_shoot(toc_window *window, const char *path);
void toc_window_size(const toc_window *window, int *out_width, int *out_height);
void toc_window_resize(toc_window *window, int width, int height);

#endif
