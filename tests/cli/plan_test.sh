#!/bin/sh
# An emergency plan is checked, followed, told in the record, scored and printed for its players.
set -u
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
cd "$out" || exit 1
failed=0
expect() { # expect WHAT FILE TEXT
    grep -qF -- "$3" "$2" || {
        echo "FAILED: $1: no '$3' in"
        head -c 600 "$2"
        failed=1
    }
}

"$TOCSIN" new d --quiet || exit 1
"$TOCSIN" check d/plan-gridco.xml >said 2>&1
expect "a plan is checked by itself" said "version 1: 3 roles, 0 levels, 4 steps, 0 limits"
"$TOCSIN" run d --policy reference -o d.drill --quiet >/dev/null || failed=1
"$TOCSIN" replay d.drill --verify --quiet >/dev/null || { echo "FAILED: it is replayed alike"; failed=1; }
"$TOCSIN" score d.drill -o r.html --quiet >/dev/null
expect "the report tells of the plan" r.html "4 of 4 required steps done in time"
"$TOCSIN" print d -o papers --quiet --paper brief
expect "the brief shows the plan" papers/brief-gridco.dispatcher.html "Set this plan in force"
if grep -q "Set this plan in force" papers/brief-regulator.duty_officer.html; then
    echo "FAILED: nobody else is shown it"
    failed=1
fi

sed -i 's|</plan>|<step id="log-desk" role="desk" within="20min" en="Man the log desk"/></plan>|' d/plan-gridco.xml
"$TOCSIN" run d --policy reference -o a.drill --quiet >/dev/null || failed=1
"$TOCSIN" score a.drill -o a.html --quiet >/dev/null
expect "of itself a team does not man the log desk" a.html "4 of 5 required steps"
"$TOCSIN" run d --policy reference:plan=1 -o b.drill --quiet >/dev/null || failed=1
"$TOCSIN" score b.drill -o b.html --quiet >/dev/null
expect "a team that looks into its plan does" b.html "5 of 5 required steps"

sed -i 's/verb="assign_crew"/verb="assign_crwe"/' d/plan-gridco.xml
"$TOCSIN" check d --runs 1 >said 2>&1 && { echo "FAILED: an unknown action is refused"; failed=1; }
expect "with its place and the nearest" said "plan-gridco.xml:9:"
expect "with its place and the nearest" said "did you mean 'assign_crew'?"
sed -i 's/"plan-gridco.xml"/"plan-gridko.xml"/' d/scenario.lua
"$TOCSIN" check d --runs 1 >said 2>&1 && { echo "FAILED: a plan that is not there is told"; failed=1; }
expect "with the nearest file" said "did you mean 'plan-gridco.xml'?"
exit $failed
