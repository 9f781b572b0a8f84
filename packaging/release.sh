#!/bin/sh
# All that is published of a version, in build/packages: the Debian package, the archive, the bill of materials
# (CycloneDX) and a list of hashes. The version stands in ldbu_desktop/__init__.py alone; packages are named after it.
set -eu
cd "$(dirname "$0")/.."
[ -z "$(git status --porcelain)" ] || { echo "Gem ændringerne først. / Commit first: a release is of a commit." >&2; exit 1; }
rm -rf build/packages
sh packaging/freeze.sh
sh packaging/debian.sh
cd build/packages
sha256sum -- * >SHA256SUMS
cat SHA256SUMS
