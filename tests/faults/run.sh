#!/usr/bin/env bash
# Tries what docs/reliability.md promises of sweeps: bash tests/faults/run.sh target/release/tellwave [WORK]
# Takes about 20 minutes on two cores; needs Linux, Python 3, gcc, and root for the power cuts and the full disks.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
tellwave="$(realpath "$1")"
work="${2:-$(mktemp -d)}"
mkdir -p "$work/tools"
cp "$here"/*.py "$work/tools"
gcc -O2 -shared -fPIC -w -o "$work/tools/faultshim.so" "$here/faultshim.c" -ldl
cd "$work/tools"

# The command under test on a sweep of this folder.
run() { echo "$tellwave sweep run $here/$1.toml --out {out} --threads {threads}"; }

try() {
    local name="$1" script="$2"
    shift 2
    local began=$SECONDS
    if python3 "$script" "$@" >"$work/$name.json" 2>&1; then
        echo "held    $name, $((SECONDS - began)) s"
    else
        echo "BROKEN  $name: $work/$name.json"
        broken=1
    fi
}

broken=0
check=(--check "$tellwave sweep status {out}" --check-rc 0 2 --cell-glob "cells-*.pack")
try kill-at-any-time kill_loop.py --cmd "$(run kill)" --mode time --rounds 500 --kills 3 "${check[@]}"
try kill-before-every-call kill_loop.py --cmd "$(run small-with-logs)" --mode syscall "${check[@]}"
try power-cut kill_loop.py --cmd "$(run kill)" --mode power --rounds 20
try full-disk enospc.py --cmd "$(run kill)" --mode size --steps 20
try full-at-every-call enospc.py --cmd "$(run small)" --mode call --errno 28
try failing-at-every-call enospc.py --cmd "$(run small)" --mode call --errno 5
try failing-at-every-sync enospc.py --cmd "$(run small)" --mode call --errno 5 --calls fsync,fdatasync
try short-writes enospc.py --cmd "$(run small)" --mode short
try late-errors enospc.py --cmd "$(run with-logs)" --mode thin
try together concurrent.py --cmd "$(run kill)" --other-cmd "$(run small)" --rounds 20
try signals sigint.py --cmd "$(run long)" --rounds 40 --tmp-glob ".tellwave-*.tmp"
try surroundings thread_det.py --cmd "$(run kill)"
"$tellwave" sweep run "$here/small.toml" --out "$work/flipped" --no-report 2>"$work/flipped.log" >"$work/flipped.out"
pack="$(ls "$work"/flipped/cells-*.pack)"
try every-bit bitflip.py --file "$pack" --cmd "sh -c 'cp {file} $pack && $tellwave sweep status $work/flipped'"
exit "$broken"
