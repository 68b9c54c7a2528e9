#include "record/signet.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/arena.h"
#include "kernel/assert.h"

struct toc_signet {
    EVP_PKEY *key;
    toc_suite suite;
};

enum { MOST_BYTES = TOC_SIGNET_TEXT / 2 - 1 };

static const char identifier[] = "1234567812345678";

static void print_hex(const unsigned char *bytes, size_t size, char *out) {
    TOC_ASSERT(size <= MOST_BYTES);
    for (size_t i = 0; i < size; i++) {
        (void)snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    }
    out[2 * size] = '\0';
}

/* False where it is none, or longer than any of ours. */
static bool read_hex(const char *text, unsigned char *out, size_t *out_size) {
    size_t length = strlen(text);
    if (length % 2 != 0 || length / 2 > MOST_BYTES || strspn(text, "0123456789abcdef") != length) {
        return false;
    }
    for (size_t i = 0; i < length / 2; i++) {
        unsigned value = 0;
        (void)sscanf(text + 2 * i, "%2x", &value);
        out[i] = (unsigned char)value;
    }
    *out_size = length / 2;
    return true;
}

/* -- Keys ---------------------------------------------------------------------------------------
 */

static toc_status fault(const char *path, const char *what, toc_problems *problems) {
    return toc_problems_fault(problems, (toc_place){.file = path}, "%s: %s", what, strerror(errno));
}

/* A new file that only the modes say may be read. */
static FILE *create(const char *path, mode_t mode) {
    int handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    return handle < 0 ? NULL : fdopen(handle, "w");
}

static toc_status save(EVP_PKEY *key, const char *path, const char *public_path,
                       toc_problems *problems) {
    FILE *file = create(path, 0600);
    bool done =
        file != NULL && PEM_write_PKCS8PrivateKey(file, key, NULL, NULL, 0, NULL, NULL) == 1;
    done = (file == NULL || fclose(file) == 0) && done;
    if (!done) {
        return fault(path, "the key cannot be written", problems);
    }
    file = create(public_path, 0644);
    done = file != NULL && PEM_write_PUBKEY(file, key) == 1;
    done = (file == NULL || fclose(file) == 0) && done;
    return done ? TOC_OK : fault(public_path, "the key's public half cannot be written", problems);
}

toc_status toc_signet_make(const char *path, toc_suite suite, toc_problems *problems) {
    char public_path[4096];
    if (snprintf(public_path, sizeof public_path, "%s.pub", path) >= (int)sizeof public_path) {
        return toc_problems_error(problems, (toc_place){.file = path}, "the path is too long");
    }
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, toc_suite_key(suite));
    TOC_ASSERT(key != NULL);
    toc_status status = save(key, path, public_path, problems);
    EVP_PKEY_free(key);
    return status;
}

toc_status toc_signet_load(const char *path, toc_suite suite, bool is_private,
                           toc_problems *problems, toc_signet **out_signet) {
    toc_place place = {.file = path};
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return fault(path, "the key cannot be read", problems);
    }
    EVP_PKEY *key = is_private ? PEM_read_PrivateKey(file, NULL, NULL, (void *)"")
                               : PEM_read_PUBKEY(file, NULL, NULL, NULL);
    (void)fclose(file);
    if (key == NULL) {
        return toc_problems_error(problems, place,
                                  "this is no %s key in PEM form without a password; 'tocsin key' "
                                  "makes one",
                                  is_private ? "private" : "public");
    }
    if (!EVP_PKEY_is_a(key, toc_suite_key(suite))) {
        EVP_PKEY_free(key);
        return toc_problems_error(problems, place, "the suite %s wants a key of the kind %s",
                                  toc_suite_name(suite), toc_suite_key(suite));
    }
    toc_signet *signet = toc_arena_heap(NULL, 1, sizeof *signet);
    *signet = (toc_signet){key, suite};
    *out_signet = signet;
    return TOC_OK;
}

void toc_signet_destroy(toc_signet *signet) {
    if (signet != NULL) {
        EVP_PKEY_free(signet->key);
        toc_arena_heap_free(signet);
    }
}

void toc_signet_print(const toc_signet *signet, char out[TOC_SIGNET_TEXT]) {
    unsigned char bytes[MOST_BYTES], *at = bytes;
    int size = i2d_PUBKEY(signet->key, NULL);
    TOC_ASSERT(size > 0 && size <= (int)sizeof bytes);
    TOC_ASSERT(i2d_PUBKEY(signet->key, &at) == size);
    print_hex(bytes, (size_t)size, out);
}

/* -- Signing ------------------------------------------------------------------------------------
 */

/* A context for the key; Ed25519 hashes by itself and takes no hash. */
static EVP_MD_CTX *begin(EVP_PKEY *key, toc_suite suite, bool signing) {
    bool is_sm2 = suite == TOC_SUITE_CHINA;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *asked = EVP_PKEY_CTX_new(key, NULL);
    TOC_ASSERT(context != NULL && asked != NULL);
    if (is_sm2) {
        TOC_ASSERT(EVP_PKEY_CTX_set1_id(asked, identifier, sizeof identifier - 1) == 1);
    }
    EVP_MD_CTX_set_pkey_ctx(context, asked);
    const EVP_MD *hash = is_sm2 ? toc_suite_hash(suite) : NULL;
    TOC_ASSERT((signing ? EVP_DigestSignInit(context, NULL, hash, NULL, key)
                        : EVP_DigestVerifyInit(context, NULL, hash, NULL, key)) == 1);
    return context;
}

static void end(EVP_MD_CTX *context) {
    EVP_PKEY_CTX *asked = EVP_MD_CTX_get_pkey_ctx(context);
    EVP_MD_CTX_free(context);
    EVP_PKEY_CTX_free(asked); /* one that was set is not the context's to free */
}

void toc_signet_sign(const toc_signet *signet, const char *text, char out[TOC_SIGNET_TEXT]) {
    unsigned char signature[MOST_BYTES];
    size_t size = sizeof signature;
    EVP_MD_CTX *context = begin(signet->key, signet->suite, true);
    TOC_ASSERT(
        EVP_DigestSign(context, signature, &size, (const unsigned char *)text, strlen(text)) == 1);
    end(context);
    print_hex(signature, size, out);
}

bool toc_signet_check(toc_suite suite, const char *printed, const char *text,
                      const char *printed_signature) {
    unsigned char bytes[MOST_BYTES], signature[MOST_BYTES];
    size_t size = 0, signature_size = 0;
    if (!read_hex(printed, bytes, &size) ||
        !read_hex(printed_signature, signature, &signature_size)) {
        return false;
    }
    const unsigned char *at = bytes;
    EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)size);
    bool fits = key != NULL && EVP_PKEY_is_a(key, toc_suite_key(suite));
    if (fits) {
        EVP_MD_CTX *context = begin(key, suite, false);
        fits = EVP_DigestVerify(context, signature, signature_size, (const unsigned char *)text,
                                strlen(text)) == 1;
        end(context);
    }
    EVP_PKEY_free(key);
    return fits;
}
