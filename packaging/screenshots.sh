#!/bin/sh
# Renders every page and state of the window with the sample: sh packaging/screenshots.sh FOLDER
# In Danish and English, light and dark, at 1280x720, 1920x1080 and 200 % scaling.
set -eu
[ $# -eq 1 ] || { echo "sh packaging/screenshots.sh MAPPE" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
. packaging/environment.sh
ensure_environment dev
ensure_system_libraries
ensure_command xvfb-run xvfb
ensure_command xauth xauth

shoot() {
  scale=$1
  shift
  QT_SCALE_FACTOR=$scale xvfb-run -a -s "-screen 0 3840x2160x24" "$python" packaging/screenshots.py "$folder" "$@"
}

shoot 1 --size 1280x720 --language da --look light
shoot 1 --size 1280x720 --language en --look dark
shoot 1 --size 1920x1080 --language da --look dark
shoot 1 --size 1920x1080 --language en --look light
shoot 1 --size 1000x720 --language da --look light
shoot 2 --size 1280x720 --language da --look light --suffix 200pct
