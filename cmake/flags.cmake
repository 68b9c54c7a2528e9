# What every target is compiled with. Contraction is off because clang fuses multiply-adds by
# default and gcc does not in ISO mode: the two would disagree in the last bit.
add_library(toc_flags INTERFACE)
target_compile_options(toc_flags INTERFACE
    -ffp-contract=off -fno-math-errno -fno-strict-aliasing
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wstrict-prototypes
    -Wswitch-enum -Wundef -Wvla -Wformat=2
    $<$<C_COMPILER_ID:GNU>:-Wno-format-truncation>) # texts for people are cut on purpose
if(TOCSIN_WERROR)
    target_compile_options(toc_flags INTERFACE -Werror)
endif()
target_compile_definitions(toc_flags INTERFACE _POSIX_C_SOURCE=200809L
    TOC_VERSION="${PROJECT_VERSION}")
