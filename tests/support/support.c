#include "support/support.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

const char *support_source(void) {
    const char *source = getenv("TOCSIN_SOURCE");
    return source != NULL && source[0] != '\0' ? source : ".";
}

const char *support_data(const char *relative_path) {
    static char path[4096];
    const char *data = getenv("TOCSIN_DATA");
    if (data != NULL && data[0] != '\0') {
        (void)snprintf(path, sizeof path, "%s/%s", data, relative_path);
    } else {
        (void)snprintf(path, sizeof path, "%s/../shared/data/%s", support_source(), relative_path);
    }
    return access(path, R_OK) == 0 ? path : NULL;
}

uint64_t support_seed(const char *test_name) {
    const char *wanted = getenv("TOCSIN_TEST_SEED");
    uint64_t seed = wanted != NULL ? strtoull(wanted, NULL, 0) : UINT64_C(20151223);
    (void)fprintf(stderr, "%s: seed %llu (TOCSIN_TEST_SEED repeats it)\n", test_name,
                  (unsigned long long)seed);
    return seed;
}

int support_ending_of(void (*body)(void), char *message, size_t size) {
    int ends[2];
    (void)fflush(NULL);
    if (pipe(ends) != 0) {
        return -1000;
    }
    pid_t child = fork();
    if (child == 0) {
        struct rlimit no_core = {0, 0};
        (void)setrlimit(RLIMIT_CORE, &no_core);
        (void)signal(SIGABRT, SIG_DFL);
        (void)dup2(ends[1], STDERR_FILENO);
        (void)close(ends[0]);
        body();
        _exit(0);
    }
    (void)close(ends[1]);
    size_t used = 0;
    for (ssize_t got = 1; got > 0 && used + 1 < size; used += got > 0 ? (size_t)got : 0) {
        got = read(ends[0], message + used, size - 1 - used);
    }
    message[used] = '\0';
    (void)close(ends[0]);
    int status = 0;
    (void)waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
