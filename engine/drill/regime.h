/* Regime: a rulebook that holds for one operator of the drill. It watches how severe the operator's
   losses are and sets off the duties that follow, one after the other. */
#ifndef DRILL_REGIME_H
#define DRILL_REGIME_H

#include "drill/duty.h"
#include "drill/state.h"

typedef struct toc_regime {
    const toc_rulebook *book;              /* kept by toc_regime_keep */
    const char *operator_id;               /* who has the incident */
    const char *roles[TOC_RULEBOOK_PARTS]; /* seat or team that plays the role; NULL: nobody */
    uint32_t reached[TOC_RULEBOOK_PARTS];  /* criterion by which the author says that a level is
                                              reached, as well; TOC_INDEX_NONE */
    toc_place place;
} toc_regime;

/* Takes the rulebook over; it lives as long as the drill. */
void toc_regime_keep(toc_drill *drill, toc_rulebook *book);
/* Adds it with its duties, each as "book/operator/duty", with the recipient's role behind it where
   there are several. False where that has been done. */
bool toc_regime_add(toc_drill *drill, const toc_regime *regime);
/* Tells seats that do not exist, and rules that are not yet in force. */
void toc_regime_check(toc_drill *drill);
void toc_regime_begin(toc_drill *drill);
/* Whether that duty may begin now, seen how severe the incident is. */
bool toc_regime_allows(const toc_drill *drill, const toc_duty_rule *rule);
/* Whether the operator's incident (NULL: anybody's) is at that level or a graver one, by any of its
   rules. Read inside a condition. */
bool toc_regime_has_reached(const toc_drill *drill, const char *level, const char *operator_id);
/* Whether any of its rules has such a level; else `out_nearest` is what is most like it, or NULL.
 */
bool toc_regime_knows(const toc_drill *drill, const char *level, const char *operator_id,
                      const char **out_nearest);
/* Whether the duty, and all that brings its level about, has been confirmed. */
bool toc_regime_is_confirmed(const toc_duty_rule *rule);
/* Sets off what follows that duty, which has been done; `complete`: nothing was left out. */
void toc_regime_note_done(toc_drill *drill, uint32_t duty, bool complete);
/* Nothing where there are none. */
void toc_regime_digest(const toc_drill *drill, toc_digest *digest);
void toc_regime_finish(toc_drill *drill);

#endif
