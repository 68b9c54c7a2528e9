#include "server/token.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BYTES = 32, FIELDS = 4, MOST_BYTES = 4 << 20 };
static const char head[] = "tocsin tokens 1";

struct entry {
    unsigned char hash[BYTES];
    toc_token_grant grant; /* its texts are owned */
};

struct toc_token_book {
    char *drill;
    GArray *entries; /* struct entry */
};

static struct entry *entry_at(const toc_token_book *book, uint32_t index) {
    g_assert(index < book->entries->len);
    return &g_array_index(book->entries, struct entry, index);
}

toc_token_book *toc_token_create(const char *drill) {
    toc_token_book *book = g_new0(toc_token_book, 1);
    book->drill = g_strdup(drill);
    book->entries = g_array_new(FALSE, TRUE, sizeof(struct entry));
    return book;
}

void toc_token_destroy(toc_token_book *book) {
    if (book == NULL) {
        return;
    }
    for (uint32_t i = 0; i < book->entries->len; i++) {
        g_free((char *)entry_at(book, i)->grant.seats);
        g_free((char *)entry_at(book, i)->grant.role);
    }
    (void)g_array_free(book->entries, TRUE);
    g_free(book->drill);
    g_free(book);
}

static void hash_of(const char *token, unsigned char out[BYTES]) {
    unsigned size = BYTES;
    int done = EVP_Digest(token, strlen(token), out, &size, EVP_sha256(), NULL);
    g_assert(done == 1 && size == BYTES);
}

static void print_hex(const unsigned char bytes[BYTES], char out[TOC_TOKEN_TEXT]) {
    for (int i = 0; i < BYTES; i++) {
        (void)snprintf(out + 2 * (size_t)i, 3, "%02x", bytes[i]);
    }
}

static bool read_hex(const char *text, unsigned char out[BYTES]) {
    if (strlen(text) != 2 * (size_t)BYTES) {
        return false;
    }
    for (size_t i = 0; i < BYTES; i++) {
        int high = g_ascii_xdigit_value(text[2 * i]), low = g_ascii_xdigit_value(text[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

static void add(toc_token_book *book, const unsigned char hash[BYTES],
                const toc_token_grant *grant) {
    struct entry entry = {.grant = {.seats = g_strdup(grant->seats),
                                    .role = g_strdup(grant->role),
                                    .expires = grant->expires}};
    (void)memcpy(entry.hash, hash, BYTES);
    (void)g_array_append_val(book->entries, entry);
}

toc_status toc_token_issue(toc_token_book *book, const toc_token_grant *grant,
                           toc_problems *problems, char out[TOC_TOKEN_TEXT]) {
    unsigned char bytes[BYTES], hash[BYTES];
    if (RAND_bytes(bytes, BYTES) != 1) {
        return toc_problems_fault(problems, (toc_place){.file = NULL},
                                  "this machine gives no random numbers fit for tokens");
    }
    print_hex(bytes, out);
    OPENSSL_cleanse(bytes, sizeof bytes);
    hash_of(out, hash);
    add(book, hash, grant);
    return TOC_OK;
}

uint32_t toc_token_revoke(toc_token_book *book, const char *seats) {
    uint32_t ended = 0;
    for (uint32_t i = book->entries->len; i > 0; i--) {
        if (strcmp(entry_at(book, i - 1)->grant.seats, seats) == 0) {
            g_free((char *)entry_at(book, i - 1)->grant.seats);
            g_free((char *)entry_at(book, i - 1)->grant.role);
            (void)g_array_remove_index(book->entries, i - 1);
            ended++;
        }
    }
    return ended;
}

uint32_t toc_token_count(const toc_token_book *book) {
    return book->entries->len;
}

toc_token_grant toc_token_at(const toc_token_book *book, uint32_t index) {
    return entry_at(book, index)->grant;
}

/* -- The file -----------------------------------------------------------------------------------
 */

static toc_status tell_fault(const char *path, toc_problems *problems) {
    return toc_problems_fault(problems, (toc_place){.file = path}, "tokens cannot be kept here: %s",
                              g_strerror(errno));
}

static GString *as_text(const toc_token_book *book) {
    GString *text = g_string_new(head);
    g_string_append_printf(text, "\t%s\n", book->drill);
    for (uint32_t i = 0; i < book->entries->len; i++) {
        const struct entry *entry = entry_at(book, i);
        char hash[TOC_TOKEN_TEXT];
        print_hex(entry->hash, hash);
        g_string_append_printf(text, "%s\t%s\t%s\t%" G_GINT64_FORMAT "\n", hash, entry->grant.role,
                               entry->grant.seats, entry->grant.expires);
    }
    return text;
}

static bool write_all(int file, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t written = write(file, bytes, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes += written;
        size -= (size_t)written;
    }
    return fsync(file) == 0;
}

toc_status toc_token_save(const toc_token_book *book, const char *path, toc_problems *problems) {
    char *beside = g_strdup_printf("%s.new", path);
    (void)unlink(beside);
    int file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    toc_status status = file < 0 ? tell_fault(path, problems) : TOC_OK;
    if (status == TOC_OK) {
        GString *text = as_text(book);
        bool is_written = write_all(file, text->str, text->len);
        (void)g_string_free(text, TRUE);
        if (close(file) != 0 || !is_written || rename(beside, path) != 0) {
            status = tell_fault(path, problems);
            (void)unlink(beside);
        }
    }
    g_free(beside);
    return status;
}

static toc_status read_line(toc_token_book *book, const char *line, toc_place place,
                            toc_problems *problems) {
    char **fields = g_strsplit(line, "\t", FIELDS + 1);
    unsigned char hash[BYTES];
    char *end = NULL;
    bool is_whole = g_strv_length(fields) == FIELDS && read_hex(fields[0], hash) &&
                    fields[1][0] != '\0' && fields[2][0] != '\0';
    int64_t expires = is_whole ? g_ascii_strtoll(fields[3], &end, 10) : 0;
    toc_status status = TOC_OK;
    if (is_whole && end != fields[3] && *end == '\0') {
        toc_token_grant grant = {.seats = fields[2], .role = fields[1], .expires = expires};
        add(book, hash, &grant);
    } else {
        status = toc_problems_error(problems, place,
                                    "a line holds a hash of 64 digits, a role, seats and a moment, "
                                    "separated by tabs");
    }
    g_strfreev(fields);
    return status;
}

static toc_status read_lines(toc_token_book *book, char **lines, const char *path,
                             toc_problems *problems) {
    size_t length = strlen(head);
    const char *first = lines[0] == NULL ? "" : lines[0];
    toc_place place = {.file = path, .line = 1};
    if (strncmp(first, head, length) != 0 || first[length] != '\t') {
        return toc_problems_error(problems, place, "this file holds no tokens: it begins with '%s'",
                                  head);
    }
    if (strcmp(first + length + 1, book->drill) != 0) {
        return toc_problems_error(problems, place, "these tokens are of another drill");
    }
    toc_status status = TOC_OK;
    for (uint32_t i = 1; lines[i] != NULL; i++) {
        place.line = i + 1;
        if (lines[i][0] != '\0') {
            toc_status found = read_line(book, lines[i], place, problems);
            status = status == TOC_OK ? found : status;
        }
    }
    return status;
}

toc_status toc_token_load(const char *path, const char *drill, toc_problems *problems,
                          toc_token_book **out_book) {
    char *text = NULL;
    gsize size = 0;
    GError *error = NULL;
    if (!g_file_get_contents(path, &text, &size, &error)) {
        toc_status status = toc_problems_error(problems, (toc_place){.file = path},
                                               "tokens cannot be read: %s", error->message);
        g_error_free(error);
        return status;
    }
    toc_token_book *book = toc_token_create(drill);
    toc_status status = TOC_OK;
    if (size > MOST_BYTES || memchr(text, '\0', size) != NULL) {
        status =
            toc_problems_error(problems, (toc_place){.file = path}, "this file holds no tokens");
    } else {
        char **lines = g_strsplit(text, "\n", -1);
        status = read_lines(book, lines, path, problems);
        g_strfreev(lines);
    }
    g_free(text);
    if (status != TOC_OK) {
        toc_token_destroy(book);
        return status;
    }
    *out_book = book;
    return TOC_OK;
}

/* -- Opening ------------------------------------------------------------------------------------
 */

static bool has_seat(const char *seats, const char *seat) {
    size_t length = strcspn(seat, " ");
    if (seat[length] != '\0') {
        return false;
    }
    for (const char *at = strstr(seats, seat); at != NULL; at = strstr(at + 1, seat)) {
        if ((at == seats || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' ')) {
            return true;
        }
    }
    return false;
}

toc_wire_reason toc_token_check(const toc_token_book *book, const char *token, const char *seat,
                                int64_t now, toc_token_grant *out_grant) {
    unsigned char hash[BYTES];
    const struct entry *found = NULL;
    hash_of(token, hash);
    for (uint32_t i = 0; i < book->entries->len; i++) { /* all of them, always */
        const struct entry *entry = entry_at(book, i);
        found = CRYPTO_memcmp(entry->hash, hash, BYTES) == 0 ? entry : found;
    }
    if (found == NULL || (seat[0] != '\0' && !has_seat(found->grant.seats, seat))) {
        return TOC_WIRE_BAD_TOKEN;
    }
    if (now >= found->grant.expires) {
        return TOC_WIRE_EXPIRED_TOKEN;
    }
    *out_grant = found->grant;
    return TOC_WIRE_NONE;
}
