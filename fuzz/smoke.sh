#!/usr/bin/env bash
# Fuzzes every target for a few seconds, on any toolchain and without cargo-fuzz: fuzz/smoke.sh [SECONDS]
# The flags are those that `cargo fuzz build --sanitizer none` gives. Findings lie in fuzz/artifacts.
set -euo pipefail

seconds="${1:-10}"
cd "$(dirname "${BASH_SOURCE[0]}")"
host="$(rustc --version --verbose | sed -n 's/^host: //p')"
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares"
# Short to build, and still fast enough to get somewhere.
cargo build --target "$host" --target-dir target --profile smoke
for target in scenario laws edge_list event_log plan store; do
    echo "-- $target"
    mkdir -p "artifacts/$target"
    words=()
    case "$target" in scenario | laws | plan) words=("-dict=dictionaries/scenario.dict") ;; esac
    # What is found new is for this time only; the seeds are only read.
    new="$(mktemp -d)"
    log="$(mktemp)"
    if ! "target/$host/smoke/$target" "$new" "seeds/$target" "${words[@]}" -max_total_time="$seconds" -timeout=30 \
        -rss_limit_mb=4096 -artifact_prefix="artifacts/$target/" >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        exit 1
    fi
    grep '^Done' "$log"
    rm -rf -- "$new" "$log"
done
