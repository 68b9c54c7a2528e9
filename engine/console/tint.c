#include "console/tint.h"

#include <glib.h>

toc_theme_colour toc_tint_of(const toc_theme *theme, toc_tint tint) {
    switch (tint) {
#define TOC_TINT(id, field)                                                                        \
    case TOC_TINT_##id:                                                                            \
        return theme->field;
#include "console/tint.def"
#undef TOC_TINT
    case TOC_TINT_NONE:
    case TOC_TINTS:
        break;
    }
    g_assert_not_reached();
}

const char *toc_tint_name(toc_tint tint) {
    static const char *const names[TOC_TINTS] = {
        "",
#define TOC_TINT(id, field) #field,
#include "console/tint.def"
#undef TOC_TINT
    };
    return names[tint];
}
