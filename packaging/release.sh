#!/bin/sh
# All that is published of a version, in build/packages: the Debian package, the archive, the manual, the bill of materials
# (CycloneDX) and a list of hashes; `sh packaging/release.sh windows` makes and proves the MSI as well.
# The version stands in ldbu_desktop/__init__.py alone; packages are named after it.
set -eu
cd "$(dirname "$0")/.."
. packaging/environment.sh
ensure_environment dev
PYTHONPATH=. .venv/bin/python packaging/release_codes.py --check || {
  echo "Nye koder har ingen udgave: kør packaging/release_codes.py. / New codes have no version yet: run it." >&2
  exit 1
}
[ -z "$(git status --porcelain)" ] || { echo "Gem ændringerne først. / Commit first: a release is of a commit." >&2; exit 1; }
rm -rf build/packages
sh packaging/freeze.sh
sh packaging/debian.sh
program=$PWD/build/frozen/ldbu-desktop/ldbu
version=$("$program" --version | cut -d ' ' -f 3)
for language in da en; do
  for form in html pdf; do
    QT_QPA_PLATFORM=offscreen "$program" --language "$language" manual --to "build/packages/ldbu-desktop-$version-manual-$language.$form"
  done
done
[ "${1:-}" != windows ] || sh packaging/windows.sh
cd build/packages
sha256sum -- * >SHA256SUMS
cat SHA256SUMS
