#!/bin/sh
# All checks: style, types, direction of imports, tests of the core, tests of the window under a virtual screen.
# Sets up all that is needed the first time. Arguments go to pytest instead of the whole round.
# LDBU_TESTS=ci tries more and holds coverage, LDBU_TESTS=long tries many times as much: see tests/profiles.py.
set -eu
cd "$(dirname "$0")/.."
. packaging/environment.sh
ensure_environment dev
ensure_system_libraries
ensure_command xvfb-run xvfb
ensure_command xauth xauth
ensure_screen_reader
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX="$PWD/.venv/bytecode" # compiled once for all processes, and beside no source
screen() { xvfb-run -a -s "-screen 0 1920x1080x24" "$@"; }
if [ $# -gt 0 ]; then
  screen "$python" -m pytest "$@"
  exit
fi

# What a call says is shown when it has ended, so that it can run beside another; how long it took is said as well.
told=$(mktemp -d)
trap 'rm -rf "$told"' EXIT
failed=""
style() {
  "$python" -m ruff check . && "$python" -m ruff format --check . && "$python" -m mypy && .venv/bin/lint-imports
}
round() { # round NAME COMMAND...: what failed is remembered, and the rest tried all the same
  name=$1
  shift
  begun=$(date +%s)
  if "$@"; then result="passed"; else result="FAILED" && failed="$failed $name"; fi
  echo "== $name: $result after $(($(date +%s) - begun)) s"
}
measured="" more=""
[ "${LDBU_TESTS:-}" != ci ] || { rm -f .coverage && measured="--cov --cov-report=" more="--cov-append"; }
{ round style style && echo "$failed" >"$told/failed"; } >"$told/style" 2>&1 &
cores=$(nproc 2>/dev/null || echo 2)
core=$(find tests -mindepth 1 -maxdepth 1 -type d ! -name ui ! -name end_to_end ! -name data ! -name benchmarks ! -name '__*')
# shellcheck disable=SC2086
round core "$python" -m pytest -q -n "$cores" --dist worksteal $measured $core
wait
cat "$told/style"
failed="$failed$(cat "$told/failed" 2>/dev/null || echo ' style')"
# Each process has a screen of its own; two more than there are cores, as windows wait nearly as much as they work.
# shellcheck disable=SC2086
round window "$python" -m pytest -q -n $((cores + 2)) --dist worksteal $measured $more tests/ui tests/end_to_end
# Coverage by branch never falls: whole where it was whole once, and the window's files together no less than this.
if [ -n "$measured" ]; then
  round coverage "$python" packaging/coverage_floor.py
  round coverage-of-the-window "$python" -m coverage report --include='ldbu_desktop/ui/*' --skip-covered --fail-under=95
fi
[ -z "${failed# }" ] || { echo "FAILED:$failed" >&2; exit 1; }
