#!/bin/sh
# The frozen program as a Debian package and as an archive for other systems, with its bill of materials, in build/packages.
# `sh packaging/debian.sh` after `sh packaging/freeze.sh`. Two runs on one commit give the same bytes.
set -eu
cd "$(dirname "$0")/.."
[ -x build/frozen/ldbu-desktop/ldbu ] || sh packaging/freeze.sh
environment=build/freeze-environment
. packaging/environment.sh
ensure_environment freeze
ensure_command xz xz-utils
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
version=$("$python" -c 'import ldbu_desktop; print(ldbu_desktop.__version__)')
packages=build/packages
root=build/debian
rm -rf "$root" && mkdir -p "$packages" "$root/DEBIAN"

share=$root/usr/share
put() { install -D -m 644 "$1" "$root/$2"; }
mkdir -p "$root/usr/lib" "$root/usr/bin"
cp -a build/frozen/ldbu-desktop "$root/usr/lib/ldbu-desktop"
(cd "$root/usr/lib/ldbu-desktop" && rm LICENSE.txt THIRD-PARTY-NOTICES.md ldbu-desktop.cdx.json) # Debian has a place for them
chmod -R u=rwX,go=rX "$root/usr/lib/ldbu-desktop"
find "$root/usr/lib/ldbu-desktop" -name '*.so*' -exec chmod 644 {} +
ln -s ../lib/ldbu-desktop/ldbu "$root/usr/bin/ldbu"
ln -s ../lib/ldbu-desktop/ldbu-desktop "$root/usr/bin/ldbu-desktop"
put packaging/debian/ldbu-desktop.desktop usr/share/applications/ldbu-desktop.desktop
put packaging/debian/ldbu-desktop.xml usr/share/mime/packages/ldbu-desktop.xml
put resources/icons/program.svg usr/share/icons/hicolor/scalable/apps/ldbu-desktop.svg
put packaging/debian/lintian-overrides usr/share/lintian/overrides/ldbu-desktop
"$python" packaging/man_pages.py "$share/man"
doc=$share/doc/ldbu-desktop
put LICENSE usr/share/doc/ldbu-desktop/copyright
put THIRD-PARTY-NOTICES.md usr/share/doc/ldbu-desktop/THIRD-PARTY-NOTICES.md
materials=$packages/ldbu-desktop-$version.cdx.json # what it is made of, with every licence
"$python" packaging/licences.py --sbom "$materials"
put "$materials" usr/share/doc/ldbu-desktop/ldbu-desktop.cdx.json
{
  echo "ldbu-desktop ($version) stable; urgency=medium"
  echo
  echo "  * See CHANGELOG.md of the program."
  echo
  echo " -- LDBU Desktop <ldbu-desktop@localhost>  $(date -u -R -d "@$SOURCE_DATE_EPOCH")"
} | gzip -9n >"$doc/changelog.gz"
chmod 644 "$doc/changelog.gz"
cat >"$root/DEBIAN/control" <<CONTROL
Package: ldbu-desktop
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: LDBU Desktop <ldbu-desktop@localhost>
Section: science
Priority: optional
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Depends: libc6 (>= 2.36), libegl1, libgl1, libfontconfig1, libxkbcommon-x11-0, libxcb-cursor0, libxcb-icccm4, libxcb-image0, libxcb-keysyms1, libxcb-randr0, libxcb-render-util0, libxcb-shape0, libxcb-xkb1, libdbus-1-3, fonts-dejavu-core | fonts-noto-core | fonts-liberation
Recommends: at-spi2-core, gnome-keyring | kwalletmanager
Description: check and deliver child-health nursing data to LDBU
 Reads the exports of Danish health visitors' journals, tells what the national
 database would reject, where and why, and writes delivery reports (FHIR R4).
 It works offline: nothing leaves the machine.
CONTROL
find "$root" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
deb=$packages/ldbu-desktop_${version}_$(dpkg --print-architecture).deb
dpkg-deb --root-owner-group -Zxz -z6 --build "$root" "$deb" >/dev/null
archive=$packages/ldbu-desktop-$version-linux-$(uname -m).tar.xz
tar -C build/frozen --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
  -cf - ldbu-desktop | xz -6 >"$archive"
rm -rf "$root"
for made in "$deb" "$archive"; do echo "== $(du -m "$made" | cut -f1) MB $made" >&2; done
if command -v lintian >/dev/null 2>&1; then lintian --fail-on error --tag-display-limit 3 "$deb"; fi
