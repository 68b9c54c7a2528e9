#include "support/support.h"

#include "tocsin/topology.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct drawing {
    const char *name, *path;
};

static const struct drawing drawings[] = {
#define TOC_SYMBOL(name, path) {name, path},
#include "drawing/symbol.def"
#undef TOC_SYMBOL
};

enum { DRAWINGS = sizeof drawings / sizeof drawings[0] };

static bool is_drawn(const char *name) {
    for (size_t i = 0; i < DRAWINGS; i++) {
        if (strcmp(drawings[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void every_kind_of_asset_has_a_drawing_or_its_family_has(void **state) {
    (void)state;
    for (unsigned i = 0; i < TOC_ASSET_KINDS; i++) {
        const toc_asset_kind_facts *kind = toc_topology_kind((toc_asset_kind)i);
        if (!is_drawn(kind->name) && !is_drawn(kind->family)) {
            fail_msg("'%s' of '%s' cannot be drawn", kind->name, kind->family);
        }
    }
}

/* How many numbers follow each letter. */
static int numbers_of(char letter) {
    static const char letters[] = "MLZCROEADB";
    static const int counts[] = {2, 2, 0, 6, 4, 3, 4, 5, 3, 4};
    const char *at = strchr(letters, letter);
    return letter == '\0' || at == NULL ? -1 : counts[at - letters];
}

static void drawings_are_well_formed_and_stay_in_their_tile(void **state) {
    (void)state;
    for (size_t i = 0; i < DRAWINGS; i++) {
        const char *at = drawings[i].path;
        while (*at != '\0') {
            char letter = *at, *end;
            int count = numbers_of(letter);
            if (count < 0) {
                fail_msg("%s: '%c' is no step of a drawing", drawings[i].name, letter);
            }
            at++;
            for (int n = 0; n < count; n++) {
                double number = strtod(at, &end);
                assert_ptr_not_equal(end, at);
                at = end;
                if (letter != 'A' || n < 3) {
                    assert_true(number >= 0 && number <= 24);
                }
            }
            at += strspn(at, " ");
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_asset_has_a_drawing_or_its_family_has),
        cmocka_unit_test(drawings_are_well_formed_and_stay_in_their_tile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
