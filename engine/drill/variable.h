/* Variable: what a scenario keeps under a name: for its conditions, and for its texts, where
   "{city}" stands for what "city" is when the text is sent. */
#ifndef DRILL_VARIABLE_H
#define DRILL_VARIABLE_H

#include "drill/state.h"

typedef enum toc_variable_kind {
    TOC_VARIABLE_TEXT,
    TOC_VARIABLE_INTEGER,
    TOC_VARIABLE_NUMBER,
    TOC_VARIABLE_FLAG
} toc_variable_kind;

typedef struct toc_variable {
    toc_variable_kind kind;
    const char *text; /* as it is shown, whatever its kind */
    int64_t integer;  /* a flag, too */
    double number;
} toc_variable;

/* New or changed; touches what depends on it. `value->text` lives as long as the drill. */
void toc_variable_set(toc_drill *drill, const char *name, const toc_variable *value);
/* NULL where it was never set. */
const toc_variable *toc_variable_find(const toc_drill *drill, const char *name);
/* The name most like `name`, or NULL. */
const char *toc_variable_nearest(const toc_drill *drill, const char *name);
/* The text with variables filled in, as that language says them (""; as the drill has them); braces
   around anything else stay. */
const char *toc_variable_fill(toc_drill *drill, const char *text, const char *language);
/* The first name in braces that is none and is most like one; NULL where all is well. Copied to
   `name`. */
const char *toc_variable_misspelt(const toc_drill *drill, const char *text, char *name,
                                  size_t size);
void toc_variable_facts(toc_drill *drill);
void toc_variable_digest(const toc_drill *drill, toc_digest *digest);
void toc_variable_finish(toc_drill *drill);

#endif
