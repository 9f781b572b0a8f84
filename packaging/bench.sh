#!/bin/sh
# Measures: prints ratios, for machines that are shared and noisy. Arguments choose benchmarks by name (validate, window …).
set -eu
cd "$(dirname "$0")/.."
. packaging/environment.sh
ensure_environment dev
ensure_system_libraries
ensure_command xvfb-run xvfb
ensure_command xauth xauth
[ $# -gt 0 ] || set -- $(find tests/benchmarks -name 'bench_*.py' | sed 's/.*bench_//; s/\.py$//' | sort)
for name in "$@"; do
  echo "== $name"
  xvfb-run -a -s "-screen 0 1920x1080x24" "$python" "tests/benchmarks/bench_$name.py"
done
