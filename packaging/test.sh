#!/bin/sh
# All checks: style, types, direction of imports, tests of the core, tests of the window under a virtual screen, coverage.
# Sets up all that is needed the first time. Arguments go to pytest instead of the whole round. LDBU_TESTS=long tries many times as much.
set -eu
cd "$(dirname "$0")/.."
. packaging/environment.sh
ensure_environment dev
ensure_system_libraries
ensure_command xvfb-run xvfb
ensure_command xauth xauth
export PYTHONPYCACHEPREFIX="$PWD/.venv/bytecode" # compiled once for all processes, and beside no source
screen() { xvfb-run -a -s "-screen 0 1920x1080x24" "$@"; }
if [ $# -gt 0 ]; then
  screen "$python" -m pytest "$@"
  exit
fi
"$python" -m ruff check .
"$python" -m ruff format --check .
"$python" -m mypy
.venv/bin/lint-imports
rm -f .coverage
core=$(find tests -mindepth 1 -maxdepth 1 -type d ! -name ui ! -name end_to_end ! -name data ! -name benchmarks ! -name '__*')
# shellcheck disable=SC2086
"$python" -m pytest -q -n 2 --cov --cov-report= $core
# Each process has a screen of its own; three, as windows wait more than they work.
# What takes rights away takes them from its whole process, threads of other tests included: it has one of its own.
rights=tests/ui/form/test_bad_cases.py
"$python" -m pytest -q -n 3 --dist worksteal --cov --cov-append --cov-report= tests/ui tests/end_to_end --ignore="$rights"
screen "$python" -m pytest -q --cov --cov-append --cov-report= "$rights"
# Coverage by branch never falls: whole where it was whole once, and the window's files together no less than this.
"$python" packaging/coverage_floor.py
"$python" -m coverage report --include='ldbu_desktop/ui/*' --skip-covered --fail-under=95
