#!/bin/sh
# The guide's examples: every block that names a file becomes that file, and the package they make
# passes check and runs with both policies.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/my-drill"
awk -v out="$folder/my-drill/" '
    /^```[a-z]+ file=/ { sub(/^.*file=/, ""); name = out $0; next }
    /^```/ { name = "" }
    name != "" { print > name }' "$TOCSIN_SOURCE/scenarios/README.md"
[ -s "$folder/my-drill/scenario.lua" ] && [ -s "$folder/my-drill/topology.xml" ]
cd "$folder"
"$TOCSIN" check my-drill
"$TOCSIN" check my-drill/network.xml | grep -q "in order ("
"$TOCSIN" check my-drill/cloud.xml | grep -q "in order ("
"$TOCSIN" flow my-drill/cloud.xml --out dc-north | grep -q "readings .* 0"
"$TOCSIN" test my-drill --runs 20
"$TOCSIN" run my-drill --policy none --quiet
"$TOCSIN" run my-drill --policy reference --seed 2 -o a.drill --quiet
"$TOCSIN" score a.drill -o report.html
[ -s report.html ]

# and with what the library has ready
mkdir more-drill
cp my-drill/topology.xml more-drill/
{ sed '/^return drill/d' my-drill/scenario.lua; cat my-drill/more.lua; echo 'return drill'; } >more-drill/scenario.lua
"$TOCSIN" check more-drill
"$TOCSIN" run more-drill --policy none --json | grep -q '"digest"'
"$TOCSIN" run more-drill --policy reference --quiet

# and as a tabletop
mkdir moves-drill
cp my-drill/topology.xml moves-drill/
{ sed '/^return drill/d' my-drill/scenario.lua; cat my-drill/tabletop.lua; echo 'return drill'; } >moves-drill/scenario.lua
"$TOCSIN" check moves-drill
"$TOCSIN" run moves-drill --policy none --json | grep -q '"digest"'

# What the commands in README.md and in the guide name exists.
for page in README.md scenarios/README.md; do
    sed -n '/^```sh/,/^```/p' "$TOCSIN_SOURCE/$page" | grep -oE '^tocsin [a-z]+' | sort -u |
        while read -r _ command; do
            "$TOCSIN" "$command" --help >/dev/null || { echo "$page: tocsin $command is not there"; exit 1; }
        done
done
echo "the guide's examples work"
