#!/bin/sh
# The house's promises: includes go downwards by the doors, each library has one owner room, names
# find their files, nothing is mutable at file scope, functions and files stay small.
set -u
cd "$TOCSIN_SOURCE" || exit 1
failed=0
none() { # none "promise" "what was found"
    [ -n "$2" ] || return 0
    printf 'FAILED: %s\n' "$1"
    printf '%s\n' "$2" | sed 's/^/    /' | head -n 20
    failed=1
}

none "no include leaves its door by ../" \
    "$(grep -rnE '#include +"[^"]*\.\./' engine include tests 2>/dev/null)"
none "engine includes name their room or tocsin/" "$(grep -rnE '#include +"[^/"]+"' engine include)"

owner() { # owner HEADER-PATTERN ROOM...
    pattern=$1
    shift
    allowed=$(printf '|^engine/%s/' "$@" | cut -c2-)
    none "<$pattern> is included in $* only" \
        "$(grep -rnE "#include +<($pattern)" engine include | grep -vE "$allowed")"
}
owner 'libxml/' formats
owner 'zip\.h|xlsxwriter' formats
owner 'lua\.h|lauxlib\.h|lualib\.h' script drill
owner 'sqlite3\.h' record
owner 'openssl/' record server
owner 'cairo|pango' drawing
owner 'igraph' drawing
owner 'gsl/' evaluation study
owner 'jansson\.h' cli wire evaluation
owner 'qrencode' papers
owner 'SDL' console
owner 'libwebsockets|uv\.h' server client
owner 'klu\.h|suitesparse' model
none "getopt and argv stay in cli" "$(grep -rlE '\b(getopt|argv)' engine --include='*.[ch]' | grep -v '^engine/cli/')"
none "file names are unique in the tree" \
    "$(find engine -name '*.c' -exec basename {} \; | sort | uniq -d)"
none "no file is longer than 600 lines" \
    "$(find engine include tests -name '*.[ch]' -exec wc -l {} + |
        awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines" }')"
none "nothing is marked as unfinished" "$(grep -rnE 'TODO|FIXME|\bXXX\b' engine include lua)"
none "of the rooms, only the kernel calls malloc (guests cannot see its arenas)" \
    "$(cd engine && grep -rnE '\b(malloc|calloc|realloc|strdup|strndup|asprintf) *\(' \
        kernel model formats script drill record | grep -v '^kernel/arena\.c:')"

if command -v ctags >/dev/null 2>&1 && ctags --version | grep -q Universal; then
    none "no function is longer than 60 lines" \
        "$(find engine -name '*.c' -exec ctags -x --c-kinds=f --fields=+ne \
            --_xformat='%N %{line} %{end} %F' {} + 2>/dev/null |
            awk '{ n = $3 - $2 + 1; if (n > 60) print $4 ":" $2 " " $1 ": " n " lines" }')"
fi

for library in "$TOCSIN_BUILD"/libroom_*.a; do
    shown=$(basename "$library")
    none "exported names of $shown begin with toc_<file>_" \
        "$(nm -A --defined-only "$library" 2>/dev/null | grep -E ' [TDBRC] ' | awk '{
                n = split($1, part, ":"); noun = part[n - 1]; sub(/\.c\.o$/, "", noun)
                if (noun ~ /^embedded_/ || $NF ~ /^__/) next
                if (index($NF, "toc_" noun) != 1) print noun ".c exports " $NF }')"
    case $TOCSIN_BUILD in *asan* | *tsan* | *fuzz*) continue ;; esac
    none "no mutable data at file scope in $shown" \
        "$(objdump -t "$library" 2>/dev/null |
            awk '/^[^ ]+\.o:/ { file = $1 }
                 NF < 4 { next }
                 $(NF-2) ~ /^\.(data|bss|tdata|tbss)/ && $(NF-2) !~ /rel\.ro/ && $(NF-1) !~ /^0+$/ {
                     print file " " $NF " in " $(NF-2) }')"
done

for room in kernel model formats script drill; do
    none "room $room imports no transcendental of libm" \
        "$(nm -u "$TOCSIN_BUILD/libroom_$room.a" 2>/dev/null | awk '{ print $NF }' |
            grep -xE '(exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|tgamma|lgamma|erf|erfc|cbrt|hypot)[fl]?' |
            sort -u)"
    none "room $room reads no clock, no environment and no chance but its own" \
        "$(nm -u "$TOCSIN_BUILD/libroom_$room.a" 2>/dev/null | awk '{ print $NF }' |
            grep -xE 'time|clock|gettimeofday|clock_gettime|localtime|gmtime|getenv|rand|random|drand48|getrandom' |
            sort -u)"
done

[ $failed -eq 0 ] && echo "structure holds"
exit $failed
