/* Widget: the parts that desks are made of, each a few elements with the manners that people
   expect. What is opened is closed by toc_screen_close. */
#ifndef CONSOLE_WIDGET_H
#define CONSOLE_WIDGET_H

#include "console/screen.h"

/* A panel with a heading, and beside it what `more` says ("" nothing). What is added to it scrolls
   where `scrolls` says so. Closed by toc_widget_close_panel. */
toc_element *toc_widget_panel(toc_screen *screen, const char *id, const char *title,
                              const char *more, bool scrolls);
void toc_widget_close_panel(toc_screen *screen);
toc_element *toc_widget_row(toc_screen *screen, double gap);
toc_element *toc_widget_column(toc_screen *screen, double gap);
toc_element *toc_widget_wrap(toc_screen *screen, double gap);
/* A line of text in that ink; where `may_clip`, its whole is told as a tip. */
toc_element *toc_widget_text(toc_screen *screen, const char *text, toc_tint ink, bool may_clip);
/* As many lines as it takes. */
toc_element *toc_widget_paragraph(toc_screen *screen, const char *text, toc_tint ink);
toc_element *toc_widget_heading(toc_screen *screen, const char *text);
/* Takes what is left of a row or column. */
void toc_widget_spring(toc_screen *screen);
toc_element *toc_widget_button(toc_screen *screen, const char *id, const char *label,
                               const char *command, const char *argument);
/* One of several of which one is on. */
toc_element *toc_widget_tab(toc_screen *screen, const char *id, const char *label,
                            const char *command, const char *argument, bool is_on);
/* What is typed is kept by the screen (toc_editing_text). `hint` stands there while nothing does.
 */
toc_element *toc_widget_field(toc_screen *screen, const char *id, const char *hint,
                              const char *command);
toc_element *toc_widget_area(toc_screen *screen, const char *id, const char *hint, double lines,
                             const char *command);
toc_element *toc_widget_meter(toc_screen *screen, const char *id, double part, toc_tint ink);
toc_element *toc_widget_slider(toc_screen *screen, const char *id, double part,
                               const char *command);
/* Painted by whoever asks for it. */
toc_element *toc_widget_canvas(toc_screen *screen, toc_trait trait, const char *id, toc_art art,
                               const char *command);

/* Fills one row, of which the list has made the element. */
typedef void toc_widget_fill(void *object, toc_screen *screen, uint32_t number, toc_element *row);

typedef struct toc_widget_rows {
    const char *id, *label;
    uint32_t count;
    double height; /* of a row, logical */
    toc_widget_fill *fill;
    void *object;
    const char *empty; /* said where there are none */
} toc_widget_rows;

/* A list that the arrows move in; only rows that are seen are made. Gives the number of the row
   that is chosen, TOC_ELEMENT_NONE where there is none. It takes what is left of the column. */
uint32_t toc_widget_list(toc_screen *screen, const toc_widget_rows *rows);
/* A cell of a row: `width` as in toc_box. */
toc_element *toc_widget_cell(toc_screen *screen, const char *text, double width, toc_tint ink);

/* Over everything else, and nothing else can be reached meanwhile. */
toc_element *toc_widget_dialog(toc_screen *screen, const char *id, const char *title, double width);

#endif
