#include "formats/disk.h"

#include "formats/paper.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static toc_status failed(toc_problems *problems, toc_place place, int error) {
    if (error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG || error == ELOOP) {
        return toc_problems_error(problems, place, "there is no such file");
    }
    return toc_problems_fault(problems, place, "cannot be read: %s", strerror(error));
}

static toc_status check(int file, toc_place place, size_t limit, toc_problems *problems,
                        size_t *out_size) {
    struct stat facts;
    if (fstat(file, &facts) != 0) {
        return failed(problems, place, errno);
    }
    if (S_ISDIR(facts.st_mode)) {
        return toc_problems_error(problems, place, "is a folder where a file was expected");
    }
    if (!S_ISREG(facts.st_mode)) {
        return toc_problems_error(problems, place, "is not a regular file");
    }
    if (facts.st_size < 0 || (uintmax_t)facts.st_size > limit) {
        return toc_problems_error(problems, place, "is %jd bytes long; at most %zu MB are read",
                                  (intmax_t)facts.st_size, limit >> 20);
    }
    *out_size = (size_t)facts.st_size;
    return TOC_OK;
}

/* Reads what fstat promised; a file that grows meanwhile is cut there, one that shrinks ends. */
static toc_status read_all(int file, toc_place place, size_t size, toc_problems *problems,
                           toc_formats_buffer *buffer) {
    size_t done = 0;
    toc_paper_reserve(buffer, size);
    while (done < size) {
        ssize_t got = read(file, buffer->bytes + buffer->size + done, size - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return failed(problems, place, errno);
        }
        if (got == 0) {
            break;
        }
        done += (size_t)got;
    }
    buffer->size += done;
    buffer->bytes[buffer->size] = '\0';
    return TOC_OK;
}

toc_status toc_disk_read(const char *path, const char *shown, size_t limit, toc_problems *problems,
                         toc_formats_buffer *buffer) {
    toc_place place = {shown, 0, 0};
    size_t size = 0;
    toc_status status;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (file < 0) {
        return failed(problems, place, errno);
    }
    status = check(file, place, limit, problems, &size);
    if (status == TOC_OK) {
        status = read_all(file, place, size, problems, buffer);
    }
    (void)close(file);
    return status;
}
