#!/bin/sh
# Pins every dependency anew, with hashes and for every system, in packaging/*.lock. Only for who changes pyproject.toml.
# `sh packaging/lock.sh --upgrade` takes newer releases; without it what is pinned and still fits stays.
set -eu
cd "$(dirname "$0")/.."
. packaging/environment.sh
ensure_environment dev

# compile LOCK ARGUMENT...: one lock of what the arguments and standard input name. No address of an index gets into it.
compile() {
  lock=$1; shift
  "$python" -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
    --no-emit-index-url --no-emit-find-links -o "$lock" "$@"
}

# The project is installed without isolation, so its build backend is locked with the rest.
build_backend() {
  "$python" -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'
}

echo uv | compile packaging/installer.lock "$@" -
build_backend | compile packaging/requirements.lock "$@" pyproject.toml -
build_backend | compile packaging/requirements-dev.lock "$@" --extra dev -c packaging/requirements.lock pyproject.toml -
{ build_backend; echo pyinstaller; } | compile packaging/requirements-freeze.lock -c packaging/requirements-dev.lock "$@" pyproject.toml -
