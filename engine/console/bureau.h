/* Bureau: the whole console but its window: the bar with the clock, the desk that the connection
   asks for, the palette, the help sheet, and what must be told to everybody. Whoever has a window
   drives it; so does a script. */
#ifndef CONSOLE_BUREAU_H
#define CONSOLE_BUREAU_H

#include "client/client.h"
#include "console/launcher.h"
#include "drawing/theme.h"

typedef struct toc_bureau toc_bureau;
typedef struct toc_screen toc_screen;

typedef struct toc_bureau_options {
    const char *language;   /* "en" or "zh" */
    const toc_theme *theme; /* NULL: light */
    double scale;           /* 0: 1 */
    /* Saves a paper that was fetched; false where that went wrong. May be NULL. */
    bool (*save)(void *object, const toc_client_paper *paper, char *where, size_t size);
    void *object;
} toc_bureau_options;

toc_bureau *toc_bureau_create(const toc_bureau_options *options);
void toc_bureau_destroy(toc_bureau *bureau);
/* Offers these before there is any connection. */
void toc_bureau_offer(toc_bureau *bureau, const toc_launcher_offer *offers, size_t count);
/* True once somebody has chosen among them. */
bool toc_bureau_wish(const toc_bureau *bureau, toc_launcher_wish *out_wish);
/* The connection, made with toc_bureau_tell and the bureau; it must outlive it. */
void toc_bureau_attach(toc_bureau *bureau, toc_client *client);
/* Whoever plays alone runs the clock as well: by this connection, which must outlive it. */
void toc_bureau_attach_control(toc_bureau *bureau, toc_client *control);
/* A toc_client_options.tell. */
void toc_bureau_tell(void *bureau, const toc_client_news *news);
/* The same of control's connection: only what was answered is said. */
void toc_bureau_tell_aside(void *bureau, const toc_client_news *news);

/* Puts the screen together for a window of that size. */
void toc_bureau_compose(toc_bureau *bureau, int width, int height);
toc_screen *toc_bureau_screen(toc_bureau *bureau);
/* Whether something was told or done since it was put together last. */
bool toc_bureau_is_stale(const toc_bureau *bureau);
bool toc_bureau_has_left(const toc_bureau *bureau);
/* 'P', 'C', 'E'; 'A' before somebody is welcomed. */
char toc_bureau_desk(const toc_bureau *bureau);

/* What the user did, as toc_handling has it. */
/* True where the key did something: what it would have typed is then not meant. */
bool toc_bureau_key(toc_bureau *bureau, const char *key);
void toc_bureau_text(toc_bureau *bureau, const char *text);
void toc_bureau_preedit(toc_bureau *bureau, const char *text);
void toc_bureau_press(toc_bureau *bureau, int x, int y);
void toc_bureau_drag(toc_bureau *bureau, int x, int y);
void toc_bureau_release(toc_bureau *bureau, int x, int y);
void toc_bureau_wheel(toc_bureau *bureau, int x, int y, int by);
/* As if the element was clicked; false where it cannot be. */
bool toc_bureau_click(toc_bureau *bureau, const char *id);

#endif
