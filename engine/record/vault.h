/* Vault: a finished record locked with a passphrase, for the time it lies on a disk. Layout:
   "TOCVAULT", version, cost of the key (log2 N of scrypt, RFC 7914, r 8, p 1), 16 bytes of salt;
   then chunks of 64 KiB under AES-256-GCM, each with its 16-byte tag, whose nonce counts them and
   marks the last, so that none can be changed, moved, left out or added (Rogaway's STREAM). */
#ifndef RECORD_VAULT_H
#define RECORD_VAULT_H

#include <stdbool.h>

#include "tocsin/problems.h"

/* Writes `to`, which must not exist, from `from`. */
toc_status toc_vault_lock(const char *from, const char *to, const char *passphrase,
                          toc_problems *problems);
/* The other way round. A wrong passphrase and a changed file leave nothing behind. */
toc_status toc_vault_unlock(const char *from, const char *to, const char *passphrase,
                            toc_problems *problems);
/* Whether the file begins as a locked one does. */
bool toc_vault_is_locked(const char *path);

#endif
