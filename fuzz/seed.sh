#!/usr/bin/env bash
# Makes the first corpus of each fuzz target from real files, and the words that a mutation may put in:
#   fuzz/seed.sh target/release/tellwave
# The first byte of most inputs says how the rest is to be read (fuzz/src).
set -euo pipefail

tellwave="$(realpath "$1")"
cd "$(dirname "${BASH_SOURCE[0]}")"
work="$(mktemp -d)"
trap 'rm -rf -- "$work"' EXIT
mkdir -p corpus/{scenario,laws,edge_list,event_log,plan,store} dictionaries

# put TARGET NAME FIRST-BYTE-IN-OCTAL < rest
put() {
    { printf "\\$3"; cat; } >"corpus/$1/$2"
}

for file in ../scenarios/*.toml ../scenarios/sweeps/*-base.toml; do
    # Short ones are read faster: fuzz/src/scenario.rs.
    sed '/^horizon = /d' "$file" >"corpus/scenario/$(basename "$file")"
done
for file in ../scenarios/sweeps/*.toml; do
    sed 's/^base = .*/base = "base.toml"/' "$file" | put plan "$(basename "$file")" 000
done

number=0
while read -r kind text; do
    number=$((number + 1))
    printf '%s' "$text" | put laws "value-$number" "00$kind"
done <<'VALUES'
0 7 days
0 1.5 hours
0 90 minutes
1 0.5 per day
1 2 per week
2 4 %
2 0.25 %
3 20.00 USD
3 -5 EUR
3 900 JPY
4 12
4 poisson(12)
4 negative_binomial(12, 2)
4 geometric(3)
4 binomial(10, 20 %)
4 zipf(2.5, 100)
4 uniform(1, 9)
5 7 days
5 exponential(7 days)
5 lognormal(2 days, 1.5)
5 weibull(3 days, 0.8)
5 gamma(3 days, 2)
5 uniform(1 hour, 2 days)
VALUES

for how in 000 001 006 010 021; do
    printf '# people\n0 1\n1 2 0.5\n2,0\n' | put edge_list "mixed-$how" $how
    printf 'source\ttarget\tweight\nann\tbob\t1.5\nbob\tcyd\t2\n' | put edge_list "names-$how" $how
    printf '3 3\n0 1\n1 2\n2 0\n' | put edge_list "counts-$how" $how
done
find ../scenarios/data -name '*.txt' -size -20k | while read -r file; do
    put edge_list "$(basename "$file")" 000 <"$file"
done

cat >"$work/tiny.toml" <<'TOML'
runs = 3
horizon = "6 days"
[graph.watts_strogatz]
people = 60
[seeds]
count = 5
[conversion]
persuasion = "8 %"
[policy.two_sided]
advocate = "5 USD"
friend = "5 USD"
TOML
cat >"$work/sweep.toml" <<'TOML'
base = "tiny.toml"
[[factor]]
key = "conversion.persuasion"
values = ["2 %", "4 %"]
[keep]
curves = ["customers"]
TOML
"$tellwave" run "$work/tiny.toml" --out "$work/run" >/dev/null 2>&1
"$tellwave" sweep run "$work/sweep.toml" --out "$work/sweep" >/dev/null 2>&1
"$tellwave" graph grow "$work/tiny.toml" --out "$work/graph.tw" >/dev/null 2>&1
cp "$work/run/scenario.toml" corpus/scenario/resolved.toml
cp "$work"/run/events-run-00000?.parquet corpus/event_log/
put plan plan.json 002 <"$work/sweep/plan.json"
put store provenance.json 000 <"$work/run/provenance.json"
{ cat "$work/run/charts.json"; printf '\0'; cat "$work/run/reach.csv"; } | put store charts.json 001
put store cells.pack 002 <"$(ls "$work"/sweep/*.pack)"
put store results.parquet 003 <"$work/sweep/results.parquet"
put store graph.tw 004 <"$work/graph.tw"

# What stands in backticks in the reference is a key, a choice or a value.
{
    grep -o '`[^`"\\]\{1,40\}`' ../docs/scenario-reference.md | tr -d '`'
    printf '%s\n' '[[' ']]' ' = ' 'true' 'nan' 'inf' '-1' '9223372036854775807' '1e308' ' %' ' USD' ' days' ' per day' '(' ')'
} | LC_ALL=C grep -v '[^ -~]' | LC_ALL=C sort -u | sed 's/.*/"&"/' >dictionaries/scenario.dict
