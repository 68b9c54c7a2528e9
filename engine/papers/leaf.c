#include "papers/leaf.h"

#include <glib.h>
#include <string.h>

struct block {
    toc_leaf_kind kind;
    unsigned columns;
    GPtrArray *cells;
    toc_leaf_column *widths;
    const toc_topology *topology;
};

struct toc_leaf {
    char *language, *title, *classification;
    toc_phrase_id name;
    bool landscape;
    GPtrArray *blocks;
};

static void free_block(gpointer object) {
    struct block *block = object;
    g_ptr_array_free(block->cells, TRUE);
    g_free(block->widths);
    g_free(block);
}

/* A package's files are anybody's bytes. */
static char *valid(const char *text) {
    return g_utf8_make_valid(text == NULL ? "" : text, -1);
}

toc_leaf *toc_leaf_create(const toc_leaf_head *head) {
    toc_leaf *leaf = g_new(toc_leaf, 1);
    *leaf = (toc_leaf){.language = g_strdup(head->language),
                       .title = valid(head->title),
                       .classification = valid(head->classification),
                       .name = head->name,
                       .landscape = head->landscape,
                       .blocks = g_ptr_array_new_with_free_func(free_block)};
    return leaf;
}

void toc_leaf_destroy(toc_leaf *leaf) {
    if (leaf != NULL) {
        g_ptr_array_free(leaf->blocks, TRUE);
        g_free(leaf->language);
        g_free(leaf->title);
        g_free(leaf->classification);
        g_free(leaf);
    }
}

toc_leaf_head toc_leaf_head_of(const toc_leaf *leaf) {
    return (toc_leaf_head){.language = leaf->language,
                           .name = leaf->name,
                           .title = leaf->title,
                           .classification = leaf->classification,
                           .landscape = leaf->landscape};
}

unsigned toc_leaf_count(const toc_leaf *leaf) {
    return leaf->blocks->len;
}

toc_leaf_block toc_leaf_at(const toc_leaf *leaf, unsigned index) {
    const struct block *block = g_ptr_array_index(leaf->blocks, index);
    return (toc_leaf_block){.kind = block->kind,
                            .columns = block->columns,
                            .rows = block->columns == 0 ? 0 : block->cells->len / block->columns,
                            .cells = (const char *const *)block->cells->pdata,
                            .widths = block->widths,
                            .topology = block->topology};
}

const char *toc_leaf_say(const toc_leaf *leaf, toc_phrase_id id) {
    return toc_phrase_in(leaf->language, id);
}

static struct block *add(toc_leaf *leaf, toc_leaf_kind kind, unsigned columns) {
    struct block *block = g_new(struct block, 1);
    *block = (struct block){
        .kind = kind, .columns = columns, .cells = g_ptr_array_new_with_free_func(g_free)};
    g_ptr_array_add(leaf->blocks, block);
    return block;
}

static struct block *last(const toc_leaf *leaf) {
    return g_ptr_array_index(leaf->blocks, leaf->blocks->len - 1);
}

static void add_cell(struct block *block, const char *text) {
    g_ptr_array_add(block->cells, valid(text));
}

void toc_leaf_heading(toc_leaf *leaf, toc_phrase_id id) {
    add_cell(add(leaf, TOC_LEAF_HEADING, 1), toc_leaf_say(leaf, id));
}

void toc_leaf_line(toc_leaf *leaf, const char *text) {
    add_cell(add(leaf, TOC_LEAF_LINE, 1), text);
}

void toc_leaf_datum(toc_leaf *leaf, toc_phrase_id id, const char *text) {
    struct block *block = add(leaf, TOC_LEAF_DATUM, 2);
    add_cell(block, toc_leaf_say(leaf, id));
    add_cell(block, text);
}

/* What is open of a paragraph ends. */
static void end_paragraph(toc_leaf *leaf, GString *paragraph) {
    if (paragraph->len > 0) {
        toc_leaf_line(leaf, paragraph->str);
        g_string_truncate(paragraph, 0);
    }
}

/* A paragraph's lines become one; between Han letters there is no blank. */
static const char *joint(const GString *paragraph) {
    enum { FIRST_HAN = 0x2E80 };
    if (paragraph->len == 0) {
        return "";
    }
    const char *before = g_utf8_find_prev_char(paragraph->str, paragraph->str + paragraph->len);
    return before != NULL && g_utf8_get_char(before) >= FIRST_HAN ? "" : " ";
}

/* A row of a table, its strong words plain; the table's first row says how many cells there are. */
static void add_cells(toc_leaf *leaf, const char *line, bool is_first) {
    char **cells = g_strsplit(line + 1, "|", -1);
    unsigned count = g_strv_length(cells);
    count -= count > 1 && g_strstrip(cells[count - 1])[0] == '\0' ? 1 : 0;
    if (is_first) {
        struct block *table = add(leaf, TOC_LEAF_TABLE, MAX(count, 1));
        table->widths = g_new0(toc_leaf_column, table->columns);
    }
    for (unsigned i = 0; i < last(leaf)->columns; i++) {
        char **parts = g_strsplit(i < count ? g_strstrip(cells[i]) : "", "**", -1);
        char *plain = g_strjoinv("", parts);
        add_cell(last(leaf), plain);
        g_strfreev(parts);
        g_free(plain);
    }
    g_strfreev(cells);
}

/* What stands between lines of Markdown. */
struct reading {
    GString *paragraph;
    bool in_table;
};

static void add_markdown(toc_leaf *leaf, const char *line, struct reading *reading) {
    GString *paragraph = reading->paragraph;
    bool is_head = line[0] == '#', is_item = strncmp(line, "- ", 2) == 0, is_row = line[0] == '|';
    if (is_head || is_item || is_row || line[0] == '\0') {
        end_paragraph(leaf, paragraph);
    }
    if (is_row && (!reading->in_table || line[strspn(line, "|-: ")] != '\0')) {
        add_cells(leaf, line, !reading->in_table);
    } else if (is_head) {
        add_cell(add(leaf, TOC_LEAF_SUBHEADING, 1), line + strspn(line, "# "));
    } else if (!is_row && line[0] != '\0') {
        g_string_append(paragraph, is_item ? "• " : joint(paragraph));
        g_string_append(paragraph, is_item ? line + 2 : line);
    }
    reading->in_table = is_row;
}

void toc_leaf_text(toc_leaf *leaf, const char *text) {
    struct reading reading = {g_string_new(""), false};
    char *whole = valid(text), **lines = g_strsplit(whole, "\n", -1);
    for (unsigned i = 0; lines[i] != NULL; i++) {
        add_markdown(leaf, lines[i], &reading);
    }
    end_paragraph(leaf, reading.paragraph);
    g_strfreev(lines);
    g_free(whole);
    (void)g_string_free(reading.paragraph, TRUE);
}

static toc_leaf_column width_of(toc_phrase_id head) {
    static const toc_phrase_id to_fill[] = {
        TOC_PHRASE_PERSONS,     TOC_PHRASE_WHOM,         TOC_PHRASE_PHONE,  TOC_PHRASE_SUPPORT_WHO,
        TOC_PHRASE_SUPPORT_DUE, TOC_PHRASE_SUPPORT_DONE, TOC_PHRASE_ON_TIME};
    for (size_t i = 0; i < G_N_ELEMENTS(to_fill); i++) {
        if (to_fill[i] == head) {
            return TOC_LEAF_TO_FILL;
        }
    }
    return head == TOC_PHRASE_NUMBER ? TOC_LEAF_NARROW
           : head == TOC_PHRASE_SEEN ? TOC_LEAF_BY_HAND
                                     : TOC_LEAF_AS_NEEDED;
}

void toc_leaf_table(toc_leaf *leaf, const toc_phrase_id *heads, unsigned count) {
    struct block *block = add(leaf, TOC_LEAF_TABLE, count);
    block->widths = g_new0(toc_leaf_column, count);
    for (unsigned i = 0; i < count; i++) {
        block->widths[i] = width_of(heads[i]);
        add_cell(block, toc_leaf_say(leaf, heads[i]));
    }
}

void toc_leaf_row(toc_leaf *leaf, const char *const *cells) {
    struct block *block = last(leaf);
    for (unsigned i = 0; i < block->columns; i++) {
        add_cell(block, cells[i]);
    }
}

void toc_leaf_form(toc_leaf *leaf) {
    (void)add(leaf, TOC_LEAF_FORM, 2);
}

void toc_leaf_entry(toc_leaf *leaf, toc_phrase_id id, const char *text) {
    struct block *block = last(leaf);
    add_cell(block, toc_leaf_say(leaf, id));
    add_cell(block, text);
}

void toc_leaf_map(toc_leaf *leaf, const toc_topology *topology) {
    add(leaf, TOC_LEAF_MAP, 0)->topology = topology;
}
