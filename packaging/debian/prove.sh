#!/bin/sh
# The package in a Debian that has no Python: installed, proven from inside, shown on a screen, heard as a screen reader hears
# it, and removed. `sh packaging/debian/prove.sh trixie|bookworm` after packaging/debian.sh, as root, as it makes a debootstrap.
# Pictures and what was heard are left in build/debian-SUITE. LDBU_DEBIAN_ROOT names a debootstrap that is there.
set -eu
cd "$(dirname "$0")/../.."
suite=${1:-trixie}
environment=build/freeze-environment
. packaging/environment.sh
ensure_command debootstrap debootstrap
told=$PWD/build/debian-$suite
root=${LDBU_DEBIAN_ROOT:-$told/root}
rm -rf "$told"/*.txt "$told"/*.png
mkdir -p "$told"

held() { echo "✔ $suite: $1" >&2; }
fails() { echo "✖ $suite: $1" >&2; exit 1; }
# shellcheck disable=SC2016
inside() {
  unshare --mount --pid --fork sh -c 'mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"
    exec chroot "$1" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive sh -c "$2"' \
    sh "$root" "$1"
}
files() { (cd "$root" && find etc opt usr var/lib -path usr/share/icons -prune -o -path var/lib/dpkg -prune -o -path var/lib/apt -prune -o -print | LC_ALL=C sort); }

if [ ! -x "$root/usr/bin/apt-get" ]; then
  # shellcheck disable=SC2046
  debootstrap --variant=minbase "$suite" "$root" $(sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1) >&2
fi
cp /etc/apt/apt.conf.d/* "$root/etc/apt/apt.conf.d/"
package=$(ls build/packages/ldbu-desktop_*.deb)
cp "$package" "$root/tmp/ldbu-desktop.deb"
# What a desktop has, and what takes pictures of it and listens to it; none of it is a part of the program.
inside 'apt-get update -q && apt-get install -q -y --no-install-recommends xvfb xauth imagemagick dbus at-spi2-core \
  python3-gi gir1.2-atspi-2.0 shared-mime-info desktop-file-utils' >"$told/desktop.txt" 2>&1 || fails "$told/desktop.txt"
inside 'apt-get install -q -y --no-install-recommends $(apt-get install -s --no-install-recommends /tmp/ldbu-desktop.deb \
  | sed -n "s/^Inst \([^ ]*\).*/\1/p" | grep -v ldbu)' >"$told/needs.txt" 2>&1 || fails "$told/needs.txt"
files >"$told/before.txt"
inside 'apt-get install -q -y --no-install-recommends /tmp/ldbu-desktop.deb' >"$told/install.txt" 2>&1 || fails "$told/install.txt"
held "installeret / installed"
# The system's own Python, which listens, is out of the way of the program.
inside 'mv /usr/bin/python3 /usr/bin/python3.aside; ldbu self-test; status=$?; mv /usr/bin/python3.aside /usr/bin/python3; exit $status' \
  >"$told/self-test.txt" 2>&1 || fails "$told/self-test.txt"
held "self-test uden Python / without Python"
[ "$(inside 'touch /tmp/a.ldbu; mkdir -p /root/.local/share; gio info -a standard::content-type /tmp/a.ldbu 2>/dev/null | grep -c x-ldbu')" != 0 ] \
  || grep -q 'application/x-ldbu:\*.ldbu' "$root/usr/share/mime/globs" || fails ".ldbu"
held ".ldbu har en type / has a type"
cat >"$root/tmp/listen.py" <<'PYTHON'
import sys, time, gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi

def told(one, depth=0):
    if one is None or depth > 30:
        return
    if name := one.get_name():
        yield f"{one.get_role_name()}: {name}"
    for at in range(one.get_child_count()):
        yield from told(one.get_child_at_index(at), depth + 1)

until = time.monotonic() + 300
heard = []
while time.monotonic() < until and not any("Alle børn og kontakter" in line for line in heard):
    time.sleep(1)
    desktop = Atspi.get_desktop(0)
    desktop.set_cache_mask(Atspi.Cache.ROLE | Atspi.Cache.INTERFACES)  # what may change is asked for now
    heard = [line for at in range(desktop.get_child_count()) for line in told(desktop.get_child_at_index(at))]
print(*heard, sep="\n")
sys.exit(not any("Alle børn og kontakter" in line for line in heard))
PYTHON
cp resources/samples/familie-med-fejl.xlsx "$root/tmp/eksempel.xlsx"
inside 'cd /tmp; export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1; xvfb-run -a -s "-screen 0 1600x1000x24" dbus-run-session sh -c "
  /usr/libexec/at-spi-bus-launcher --launch-immediately & ldbu-desktop /tmp/eksempel.xlsx & window=\$!
  python3 /tmp/listen.py >/tmp/heard.txt; status=\$?; sleep 5; import -window root /tmp/window.png; kill \$window; exit \$status"' \
  >"$told/window.txt" 2>&1 || { cp "$root/tmp/window.png" "$root/tmp/heard.txt" "$told/" 2>/dev/null; fails "$told/window.txt, heard.txt"; }
cp "$root/tmp/window.png" "$root/tmp/heard.txt" "$told/"
held "vinduet: window.png; $(wc -l <"$told/heard.txt") navne for en skærmlæser / names for a screen reader"
inside 'apt-get purge -q -y ldbu-desktop' >"$told/removal.txt" 2>&1 || fails "$told/removal.txt"
files | diff "$told/before.txt" - >"$told/left.txt" || fails "$told/left.txt"
held "fjernet uden spor / removed without a trace"
