#!/bin/sh
# Two groups play the same drill at the same time; it stands and goes on in both together.
set -u
folder=$(mktemp -d)
first= second=
trap 'kill $first $second 2>/dev/null; rm -rf "$folder"' EXIT
failed=0
fail() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    [ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/    /' | head -n 20
}
cd "$folder" || exit 1
unset TOCSIN_TOKEN
wait_for() { # wait_for PATTERN FILE
    for _ in $(seq 200); do
        grep -q "$1" "$2" && return
        sleep 0.1
    done
    fail "$2 says $1" "$(cat "$2")"
}
port() { python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
"$TOCSIN" new d --quiet
a=$(port)
"$TOCSIN" serve d --listen "127.0.0.1:$a" --tokens a.tokens -o a.drill --together both >a.seats 2>a.err &
first=$!
wait_for 'is served at' a.err
b=$(port)
"$TOCSIN" serve d --listen "127.0.0.1:$b" --tokens b.tokens -o b.drill --together both >b.seats 2>b.err &
second=$!
wait_for 'is served at' b.err
for copy in a b; do awk '$1 == "control" { print $2 }' $copy.seats >$copy.control; done
say() { # say COPY PORT LINE...
    copy=$1 to=$2
    shift 2
    printf '%s\n' "$@" quit | timeout 60 "$TOCSIN" join "ws://127.0.0.1:$to" --token $copy.control 2>&1
}
say a "$a" 'wait 2' 'command pause' 'wait 3' >/dev/null
said=$(say b "$b" 'wait 1' status 'wait 2' status)
printf '%s\n' "$said" | grep -qi 'paused' || fail "what stops one copy stops the other" "$said"
say b "$b" 'wait 1' 'command resume' 'wait 3' >/dev/null
said=$(say a "$a" 'wait 1' status)
printf '%s\n' "$said" | grep -i 'status\|clock\|running\|paused' | tail -n 1 | grep -qi 'paused' && fail "and lets it go on" "$said"
say b "$b" 'wait 1' 'stop a real fire' 'wait 3' >/dev/null
said=$(say a "$a" 'wait 1' status)
printf '%s\n' "$said" | grep -qi 'paused' || fail "a real emergency in one copy is one in all" "$said"
kill $first $second
wait $first $second 2>/dev/null
first= second=
mkdir folder
"$TOCSIN" serve d --listen "127.0.0.1:$a" --tokens c.tokens -o c.drill --together folder >c.seats 2>c.err
[ $? -eq 1 ] || fail "what is no such file is refused" "$(cat c.err)"
grep -q 'name one that is not there yet' c.err || fail "and says what to do" "$(cat c.err)"
[ -e c.drill ] && fail "nothing is left of it"
printf '%s\n' "$failed failed"
[ "$failed" -eq 0 ]
