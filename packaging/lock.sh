#!/bin/sh
# Pins every dependency anew, with hashes, for packaging/requirements*.lock. Only for who changes pyproject.toml.
set -eu
cd "$(dirname "$0")/.."
. packaging/environment.sh
"$python" -m pip install -q pip-tools
compile() { # compile LOCK ARGUMENT...: one lock file
  lock=$1; shift
  "$python" -m piptools compile -q --generate-hashes --allow-unsafe --strip-extras --no-annotate --no-header \
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --build-deps-for editable -o "$lock" "$@" pyproject.toml
}
compile packaging/requirements.lock
compile packaging/requirements-dev.lock --extra dev -c packaging/requirements.lock
