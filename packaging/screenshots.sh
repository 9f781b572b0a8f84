#!/bin/sh
# Takes the pictures out of the stories that are told from outside.
#   sh packaging/screenshots.sh          those that ship, into resources/manual/pictures
#   sh packaging/screenshots.sh FOLDER   all of them: light and dark, on a small and a large screen, and at 200 %
set -eu
[ $# -le 1 ] || { echo "sh packaging/screenshots.sh [MAPPE]" >&2; exit 2; }
[ $# -eq 0 ] || { mkdir -p "$1" && set -- "$(cd "$1" && pwd)"; }
cd "$(dirname "$0")/.."
. packaging/environment.sh
ensure_environment dev
ensure_system_libraries
ensure_command Xvfb xvfb
ensure_screen_reader

if [ $# -eq 0 ]; then
  exec "$python" packaging/screenshots.py
fi
"$python" packaging/screenshots.py "$1/light"
"$python" packaging/screenshots.py "$1/dark-large" --look dark --screen 1920x1080
"$python" packaging/screenshots.py "$1/200pct" --screen 2560x1440 --scale 2
