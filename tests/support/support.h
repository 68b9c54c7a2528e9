/* What every test file needs: cmocka with its prerequisites, and where things are. */
#ifndef TESTS_SUPPORT_SUPPORT_H
#define TESTS_SUPPORT_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* Root of the source tree. */
const char *support_source(void);

/* Path of a file of other people's data, or NULL (the test says "skipped") where it is absent.
   The string lives until the next call. */
const char *support_data(const char *relative_path);

/* Seed of a property test: TOCSIN_TEST_SEED or a fixed one; printed, so that a failure repeats. */
uint64_t support_seed(const char *test_name);

/* Runs `body` in a process of its own and returns its exit code, or minus the signal that ended
   it; what it wrote to stderr is left in `message`. */
int support_ending_of(void (*body)(void), char *message, size_t size);

#endif
