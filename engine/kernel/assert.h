/* Assert: our own bugs stop the program, in release too; a drill that scores wrongly is worse. */
#ifndef KERNEL_ASSERT_H
#define KERNEL_ASSERT_H

_Noreturn void toc_assert_failed(const char *condition, const char *file, int line);

#define TOC_ASSERT(condition)                                                                      \
    ((condition) ? (void)0 : toc_assert_failed(#condition, __FILE__, __LINE__))

#endif
