#!/bin/sh
# The same drills, built every way we can, must give the same digests as tests/golden/digests.txt.
#   matrix.sh quick   gcc and clang, -O0 and -O2/-O3 (a part of ./dev test)
#   matrix.sh full    and: native, sanitizers, FMA masked, arm64 under qemu-user (./dev check)
# A toolchain that this machine lacks is said and passed over.
set -u
cd "$(dirname "$0")/../.." || exit 1
golden=tests/golden/digests.txt
out=build/determinism
mkdir -p "$out"
failed=0
passed=0

compare() { # compare NAME FILE
    if [ "${TOCSIN_BLESS:-}" = 1 ]; then
        cp "$2" "$golden"
    fi
    if cmp -s "$2" "$golden"; then
        echo "$1: $(wc -l <"$2") digests as expected"
        passed=$((passed + 1))
    else
        echo "$1: digests differ from $golden:"
        diff "$golden" "$2" | head -n 10
        failed=$((failed + 1))
    fi
}

built() { # built NAME [CMAKE-OPTION...]: configure and build the digest program
    name=$1
    shift
    cmake -S . -B "$out/$name" -G Ninja -DTOCSIN_CORE_ONLY=ON -DTOCSIN_TESTS=ON "$@" \
        >"$out/$name.log" 2>&1 &&
        cmake --build "$out/$name" --target determinism_digests >>"$out/$name.log" 2>&1 && return 0
    echo "$name: does not build, see $out/$name.log"
    tail -n 5 "$out/$name.log"
    failed=$((failed + 1))
    return 1
}

played() { # played NAME PROGRAM...: run it and compare
    name=$1
    shift
    if "$@" tests/determinism/drills scenarios >"$out/$name.txt" 2>"$out/$name.err"; then
        compare "$name" "$out/$name.txt"
    else
        echo "$name: failed"
        head -n 5 "$out/$name.err"
        failed=$((failed + 1))
    fi
}

tried() { # tried NAME [CMAKE-OPTION...]
    built "$@" && played "$1" "$out/$1/tests/determinism_digests"
}

has() {
    command -v "$1" >/dev/null 2>&1 || { echo "$1 is not here: its builds are passed over"; return 1; }
}

flags() { # flags COMPILER FLAGS: CMake options
    printf '%s\n' "-DCMAKE_C_COMPILER=$1" "-DCMAKE_BUILD_TYPE=None" "-DCMAKE_C_FLAGS=$2"
}

IFS='
'
# shellcheck disable=SC2046
{
    has gcc && tried gcc-O0 $(flags gcc "-O0") && tried gcc-O2 $(flags gcc "-O2")
    has clang && tried clang-O0 $(flags clang "-O0") && tried clang-O2 $(flags clang "-O2")
    if [ "${1:-quick}" = full ]; then
        tried gcc-O3-native $(flags gcc "-O3 -march=native")
        has clang && tried clang-O3-native $(flags clang "-O3 -march=native")
        tried sanitizers $(flags gcc "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all")
        GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2 played gcc-O2-without-FMA \
            "$out/gcc-O2/tests/determinism_digests"
        if has aarch64-linux-gnu-gcc && has qemu-aarch64 &&
            [ -e /usr/lib/aarch64-linux-gnu/pkgconfig/libxml-2.0.pc ]; then
            for level in -O0 -O2; do
                built "arm64$level" -DCMAKE_TOOLCHAIN_FILE=cmake/arm64.cmake \
                    -DCMAKE_BUILD_TYPE=None "-DCMAKE_C_FLAGS=$level" &&
                    played "arm64$level" qemu-aarch64 -L / \
                        "$out/arm64$level/tests/determinism_digests"
            done
        fi
    fi
}
echo "$passed builds agree, $failed do not"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
