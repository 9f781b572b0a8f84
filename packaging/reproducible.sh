#!/bin/sh
# Builds what packaging/release.sh left in build/ once more, of the same commit in another folder, and compares: the folder file
# by file, the package and the archive byte for byte. Ends with 1 where anything but a told moment differs.
set -eu
cd "$(dirname "$0")/.."
[ -z "$(git status --porcelain)" ] || { echo "Gem ændringerne først. / Commit first: two builds are of one commit." >&2; exit 1; }
[ -d build/packages ] || sh packaging/release.sh
again=$PWD/build/again
rm -rf "$again"
git clone -q . "$again"
(cd "$again" && sh packaging/freeze.sh && sh packaging/debian.sh) >&2
build/freeze-environment/bin/python packaging/same_build.py build/frozen/ldbu-desktop "$again/build/frozen/ldbu-desktop"
different=""
for made in "$again"/build/packages/*; do
  if cmp -s "$made" "build/packages/$(basename "$made")"; then
    echo "✔ de samme bytes / the same bytes: $(basename "$made")" >&2
  else
    different="$different $(basename "$made")"
  fi
done
rm -rf "$again"
[ -z "$different" ] || { echo "✖ forskellige / different:$different" >&2; exit 1; }
