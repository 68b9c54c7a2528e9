#include "support/support.h"

#include <stdlib.h>
#include <string.h>

#include "tocsin/attachment.h"

#define PNG       "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"
#define WIDE      "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\0\0\1\x08\2\0\0\0"
#define OF(bytes) toc_attachment_of(bytes, sizeof bytes - 1)

static void a_file_is_told_by_its_bytes(void **state) {
    (void)state;
    assert_int_equal(OF(PNG), TOC_ATTACHMENT_PNG);
    assert_int_equal(OF("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), TOC_ATTACHMENT_PDF);
    assert_int_equal(OF("Memo\n\ttwo"), TOC_ATTACHMENT_TEXT);
    assert_int_equal(OF("港区停电了"), TOC_ATTACHMENT_TEXT);
    assert_int_equal(OF(""), TOC_ATTACHMENT_KINDS);
    assert_int_equal(OF("\x89PNG\r\n\x1a\n"), TOC_ATTACHMENT_KINDS);
    assert_int_equal(OF("\x7f"
                        "ELF\2\1\1"),
                     TOC_ATTACHMENT_KINDS);
    assert_int_equal(OF("PK\3\4"), TOC_ATTACHMENT_KINDS);
    assert_int_equal(OF("a\0b"), TOC_ATTACHMENT_KINDS);
    assert_int_equal(OF("\x1b[31mred"), TOC_ATTACHMENT_KINDS);
    assert_int_equal(OF("\xc0\xaf"), TOC_ATTACHMENT_KINDS);     /* overlong */
    assert_int_equal(OF("\xed\xa0\x80"), TOC_ATTACHMENT_KINDS); /* half of a pair */
    assert_int_equal(OF("\xe6\xb8"), TOC_ATTACHMENT_KINDS);     /* cut off */
    assert_int_equal(OF("\xf4\x90\x80\x80"), TOC_ATTACHMENT_KINDS);
}

static void what_is_called_otherwise_than_it_is_is_refused(void **state) {
    static const struct {
        const char *path, *bytes;
        size_t size;
        const char *why; /* NULL: it may be handed out */
    } cases[] = {
        {"map.png", PNG, sizeof PNG - 1, NULL},
        {"memo.pdf", "%PDF-1.7\n", 9, NULL},
        {"list.csv", "a,b\n", 4, NULL},
        {"map.png", "%PDF-1.7\n", 9, "is called .png and holds application/pdf"},
        {"memo.pdf", "MZ\x90", 3, "is called .pdf and holds none of PNG, PDF and text"},
        {"map.png", WIDE, sizeof WIDE - 1, "is a picture of 65536 by 1 points"},
        {"memo.txt",
         "\x7f"
         "ELF",
         4, "is called .txt and holds none"},
        {"scenario.lua", "return", 6, "is nothing to hand out"},
        {"topology.xml", "<a/>", 4, "is nothing to hand out"},
        {"memo", "text", 4, "is nothing to hand out"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        toc_package_file file = {cases[i].path, cases[i].bytes, cases[i].size};
        char buffer[160];
        const char *why = toc_attachment_refusal(&file, buffer, sizeof buffer);
        if (cases[i].why == NULL) {
            assert_null(why);
        } else {
            assert_non_null(why);
            assert_non_null(strstr(why, cases[i].why));
        }
    }
}

static void what_is_too_big_is_refused(void **state) {
    (void)state;
    size_t size = (size_t)TOC_ATTACHMENT_BYTES + 1;
    char *bytes = malloc(size), buffer[160];
    memset(bytes, 'a', size);
    toc_package_file file = {"memo.txt", bytes, size};
    assert_non_null(strstr(toc_attachment_refusal(&file, buffer, sizeof buffer), "at most 8 MB"));
    file.size--;
    assert_null(toc_attachment_refusal(&file, buffer, sizeof buffer));
    free(bytes);
}

static void its_caption_says_that_it_is_of_an_exercise(void **state) {
    char caption[64];
    (void)state;
    assert_string_equal(toc_attachment_caption("papers/map.png", caption, sizeof caption),
                        "EXERCISE map.png");
    assert_string_equal(toc_attachment_type(TOC_ATTACHMENT_PNG), "image/png");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_told_by_its_bytes),
        cmocka_unit_test(what_is_called_otherwise_than_it_is_is_refused),
        cmocka_unit_test(what_is_too_big_is_refused),
        cmocka_unit_test(its_caption_says_that_it_is_of_an_exercise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
