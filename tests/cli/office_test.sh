#!/bin/sh
# The page for office computers, in a real browser against a real server.
command -v chromium >/dev/null 2>&1 || { echo "skipped: no chromium"; exit 77; }
exec python3 "$(dirname "$0")/office_test.py" "$TOCSIN"
