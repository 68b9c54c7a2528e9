#!/bin/sh
# The schema accepts what the reader accepts: every scenario's topology and a file with every word.
set -u
cd "$TOCSIN_SOURCE" || exit 1
command -v xmllint >/dev/null 2>&1 || exit 77
schema=assets/schema/topology-1.xsd
failed=0

for file in scenarios/*/topology.xml tests/formats/files/*.xml; do
    [ -f "$file" ] || continue
    xmllint --noout --nonet --schema "$schema" "$file" 2>/dev/null || {
        echo "FAILED: $file is valid"
        xmllint --noout --nonet --schema "$schema" "$file" 2>&1 | head -n 5
        failed=1
    }
done

for file in assets/duties/*.xml; do
    xmllint --noout --nonet --schema assets/schema/duties-1.xsd "$file" 2>/dev/null || {
        echo "FAILED: $file is valid"
        xmllint --noout --nonet --schema assets/schema/duties-1.xsd "$file" 2>&1 | head -n 5
        failed=1
    }
done
refused_duty() { # refused_duty WHAT SED-EXPRESSION: the same for rules of reporting
    sed "$2" assets/duties/cn-2025.xml |
        xmllint --noout --nonet --schema assets/schema/duties-1.xsd - >/dev/null 2>&1 && {
        echo "FAILED: $1 is refused"
        failed=1
    }
}
refused_duty "an unknown clock" 's/clock="received"/clock="recieved"/'
refused_duty "a limit without unit" 's/within="1h"/within="1"/'
refused_duty "a date that is none" 's/in-force="2025-11-01"/in-force="2025"/'
refused_duty "a share beyond 1" 's/down="1"/down="1.5"/'
refused_duty "an unknown attribute" 's/least="/leest="/'

for file in scenarios/*/plan-*.xml assets/template/plan-*.xml; do
    xmllint --noout --nonet --schema assets/schema/plan-1.xsd "$file" 2>/dev/null || {
        echo "FAILED: $file is valid"
        xmllint --noout --nonet --schema assets/schema/plan-1.xsd "$file" 2>&1 | head -n 5
        failed=1
    }
done
refused_plan() { # refused_plan WHAT SED-EXPRESSION: the same for emergency plans
    sed "$2" scenarios/river-city/plan-gridco.xml |
        xmllint --noout --nonet --schema assets/schema/plan-1.xsd - >/dev/null 2>&1 && {
        echo "FAILED: $1 is refused"
        failed=1
    }
}
refused_plan "a time without unit" 's/within="1h"/within="1"/'
refused_plan "a step without a role" 's/id="declare" role="lead"/id="declare"/'
refused_plan "an unknown attribute" 's/ optional="/ optionnal="/'

refused() { # refused WHAT SED-EXPRESSION: one slip in the full file must be seen
    sed "$2" tests/formats/files/river-city.xml |
        xmllint --noout --nonet --schema "$schema" - >/dev/null 2>&1 && {
        echo "FAILED: $1 is refused"
        failed=1
    }
}
refused "an unknown kind" 's/kind="rtu"/kind="rtuu"/'
refused "an unknown attribute" 's/people="/peeple="/'
refused "a missing id" 's/ id="jump-1"//'
refused "a unit that is none" 's/unit="MW"/unit="Mw"/'
refused "a negative capacity" 's/capacity="120"/capacity="-120"/'
refused "an id with a blank in it" 's/id="north"/id="no rth"/'
refused "a time without unit" 's/holds="8h"/holds="8"/'
refused "a certainty beyond 1" 's/ease="0.6"/ease="1.6"/'
refused "a rating in a unit of nothing" 's/rating="175MW"/rating="175m3"/'
refused "a part of an asset on its own" 's|<link id="l-1"|<needs all="ss-12"/><link id="l-1"|'

[ $failed -eq 0 ] && echo "schema and reader agree"
exit $failed
