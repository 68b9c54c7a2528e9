#include "record/vault.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/arena.h"
#include "kernel/assert.h"
#include "record/store.h"

enum {
    CHUNK = 65536,
    TAG = 16,
    SALT = 16,
    KEY = 32,
    NONCE = 12,
    COST = 15,
    HIGHEST_COST = 20,
    HEAD = 8 + 2 + SALT,
    VERSION = 1
};
static const char magic[8] = {'T', 'O', 'C', 'V', 'A', 'U', 'L', 'T'};

/* One file on its way into another. */
struct passage {
    const char *from_path, *to_path;
    FILE *from, *to;
    toc_problems *problems;
    unsigned char key[KEY];
    EVP_CIPHER_CTX *cipher;
    uint64_t chunk;
};

static toc_status fault(const struct passage *passage, const char *path, const char *what) {
    return toc_problems_fault(passage->problems, (toc_place){.file = path}, "%s: %s", what,
                              strerror(errno));
}

static void derive(struct passage *passage, const char *passphrase, const unsigned char *head) {
    uint64_t n = UINT64_C(1) << head[9];
    TOC_ASSERT(EVP_PBE_scrypt(passphrase, strlen(passphrase), head + 10, SALT, n, 8, 1,
                              n * 1024 + (UINT64_C(1) << 22), passage->key, KEY) == 1);
}

static void set_nonce(const struct passage *passage, bool is_last, unsigned char nonce[NONCE]) {
    memset(nonce, 0, NONCE);
    for (int i = 0; i < 8; i++) {
        nonce[i] = (unsigned char)(passage->chunk >> (8 * i));
    }
    nonce[NONCE - 1] = is_last;
}

static void seal(struct passage *passage, const unsigned char *plain, size_t size, bool is_last,
                 unsigned char *out) {
    unsigned char nonce[NONCE];
    int length = 0;
    set_nonce(passage, is_last, nonce);
    TOC_ASSERT(EVP_EncryptInit_ex(passage->cipher, EVP_aes_256_gcm(), NULL, passage->key, nonce) ==
               1);
    TOC_ASSERT(EVP_EncryptUpdate(passage->cipher, out, &length, plain, (int)size) == 1);
    TOC_ASSERT(EVP_EncryptFinal_ex(passage->cipher, out + length, &length) == 1);
    TOC_ASSERT(EVP_CIPHER_CTX_ctrl(passage->cipher, EVP_CTRL_GCM_GET_TAG, TAG, out + size) == 1);
    passage->chunk++;
}

static bool unseal(struct passage *passage, unsigned char *sealed, size_t size, bool is_last,
                   unsigned char *out) {
    unsigned char nonce[NONCE];
    int length = 0;
    set_nonce(passage, is_last, nonce);
    TOC_ASSERT(EVP_DecryptInit_ex(passage->cipher, EVP_aes_256_gcm(), NULL, passage->key, nonce) ==
               1);
    TOC_ASSERT(EVP_DecryptUpdate(passage->cipher, out, &length, sealed, (int)size) == 1);
    TOC_ASSERT(EVP_CIPHER_CTX_ctrl(passage->cipher, EVP_CTRL_GCM_SET_TAG, TAG, sealed + size) == 1);
    passage->chunk++;
    return EVP_DecryptFinal_ex(passage->cipher, out + length, &length) == 1;
}

/* Chunk after chunk; the last one, which may be empty, is the one behind which nothing comes. */
static toc_status go_through(struct passage *passage, bool locking) {
    size_t read_size = CHUNK + (locking ? 0 : TAG), write_size = CHUNK + (locking ? TAG : 0);
    unsigned char *in = toc_arena_heap(NULL, read_size, 1);
    unsigned char *out = toc_arena_heap(NULL, write_size, 1);
    toc_status status = TOC_OK;
    for (bool is_last = false; status == TOC_OK && !is_last;) {
        size_t size = fread(in, 1, read_size, passage->from);
        int next = fgetc(passage->from);
        is_last = next == EOF;
        if (!is_last) {
            (void)ungetc(next, passage->from);
        }
        bool good = !ferror(passage->from);
        if (!good) {
            status = fault(passage, passage->from_path, "the file cannot be read");
        } else if (locking) {
            seal(passage, in, size, is_last, out);
            size += TAG;
        } else if (size < TAG || !unseal(passage, in, size - TAG, is_last, out)) {
            status = toc_problems_error(passage->problems, (toc_place){.file = passage->from_path},
                                        "the passphrase is another one, or the file was changed");
        } else {
            size -= TAG;
        }
        if (status == TOC_OK && fwrite(out, 1, size, passage->to) != size) {
            status = fault(passage, passage->to_path, "the file cannot be written");
        }
    }
    OPENSSL_cleanse(in, read_size);
    OPENSSL_cleanse(out, write_size);
    toc_arena_heap_free(in);
    toc_arena_heap_free(out);
    return status;
}

static toc_status put_head(struct passage *passage, unsigned char head[HEAD]) {
    memcpy(head, magic, sizeof magic);
    head[8] = VERSION;
    head[9] = COST;
    TOC_ASSERT(RAND_bytes(head + 10, SALT) == 1);
    return fwrite(head, 1, HEAD, passage->to) == HEAD
               ? TOC_OK
               : fault(passage, passage->to_path, "the file cannot be written");
}

static toc_status get_head(struct passage *passage, unsigned char head[HEAD]) {
    toc_place place = {.file = passage->from_path};
    if (fread(head, 1, HEAD, passage->from) != HEAD || memcmp(head, magic, sizeof magic) != 0) {
        return toc_problems_error(passage->problems, place, "this is not a locked record");
    }
    if (head[8] != VERSION || head[9] < 10 || head[9] > HIGHEST_COST) {
        return toc_problems_error(passage->problems, place,
                                  "it was locked by another version of tocsin, use that one");
    }
    return TOC_OK;
}

static toc_status open_both(struct passage *passage) {
    passage->from = fopen(passage->from_path, "rb");
    if (passage->from == NULL) {
        return fault(passage, passage->from_path, "the file cannot be read");
    }
    int handle = open(passage->to_path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    passage->to = handle < 0 ? NULL : fdopen(handle, "wb");
    return passage->to != NULL ? TOC_OK
                               : fault(passage, passage->to_path, "the file cannot be created");
}

static toc_status run(const char *from, const char *to, const char *passphrase, bool locking,
                      toc_problems *problems) {
    struct passage passage = {.from_path = from, .to_path = to, .problems = problems};
    unsigned char head[HEAD];
    toc_status status = open_both(&passage);
    bool created = passage.to != NULL;
    if (status == TOC_OK) {
        status = locking ? put_head(&passage, head) : get_head(&passage, head);
    }
    if (status == TOC_OK) {
        derive(&passage, passphrase, head);
        passage.cipher = EVP_CIPHER_CTX_new();
        TOC_ASSERT(passage.cipher != NULL);
        status = go_through(&passage, locking);
        EVP_CIPHER_CTX_free(passage.cipher);
        OPENSSL_cleanse(passage.key, sizeof passage.key);
    }
    if (status == TOC_OK && (fflush(passage.to) != 0 || fsync(fileno(passage.to)) != 0)) {
        status = fault(&passage, to, "the file cannot be written");
    }
    if (passage.from != NULL) {
        (void)fclose(passage.from);
    }
    if (created) {
        (void)fclose(passage.to);
    }
    if (status != TOC_OK && created) {
        (void)unlink(to);
    }
    return status == TOC_OK ? toc_store_sync_folder(to, problems) : status;
}

toc_status toc_vault_lock(const char *from, const char *to, const char *passphrase,
                          toc_problems *problems) {
    return run(from, to, passphrase, true, problems);
}

toc_status toc_vault_unlock(const char *from, const char *to, const char *passphrase,
                            toc_problems *problems) {
    return run(from, to, passphrase, false, problems);
}

bool toc_vault_is_locked(const char *path) {
    char found[sizeof magic];
    FILE *file = fopen(path, "rb");
    bool locked = file != NULL && fread(found, 1, sizeof found, file) == sizeof found &&
                  memcmp(found, magic, sizeof magic) == 0;
    if (file != NULL) {
        (void)fclose(file);
    }
    return locked;
}
