#!/bin/sh
# Opens LDBU Desktop with the sample, or with the files given. Sets up all that is needed the first time.
# Without a display it does the same job in the terminal.
set -eu
cd "$(dirname "$0")/.."
. packaging/environment.sh
ensure_environment
sample=resources/samples/familie-med-fejl.xlsx
if [ $# -eq 0 ]; then set -- "$sample"; fi
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  ensure_system_libraries
  exec "$python" -m ldbu_desktop "$@"
fi
echo "Ingen skærm: kører forkontrol og aflevering i terminalen. / No display: checking and delivering in the terminal." >&2
status=0
"$python" -m ldbu_desktop validate "$@" || status=$?
[ "$status" -le 1 ] || exit "$status"
delivery=build/aflevering
"$python" -m ldbu_desktop export "$@" --to "$delivery" || status=$?
[ "$status" -le 1 ] || exit "$status"
echo "Rapporterne ligger i / the delivery reports are in: $delivery" >&2
