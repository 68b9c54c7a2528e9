/* Act form: what an action still has to be told, before it is done: its target and its parameters,
   with what it costs and whether it can be taken back. */
#ifndef CONSOLE_ACT_FORM_H
#define CONSOLE_ACT_FORM_H

#include "console/post.h"

typedef struct toc_act_form toc_act_form;

toc_act_form *toc_act_form_create(void);
void toc_act_form_destroy(toc_act_form *form);
/* Asks for that action; `keys` (NULL: none) and `values` are filled in beforehand. */
void toc_act_form_ask(toc_act_form *form, toc_post *post, const char *verb, const char *target,
                      const char *const *keys, const char *const *values);
bool toc_act_form_is_open(const toc_act_form *form);
/* Adds the dialog where it is open. */
void toc_act_form_compose(toc_act_form *form, toc_post *post);
bool toc_act_form_obey(toc_act_form *form, toc_post *post, const toc_screen_deed *deed);

#endif
