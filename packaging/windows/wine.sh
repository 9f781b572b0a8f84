# Sourced by packaging/windows.sh, from the project's folder: Wine 10, of this system or of a Debian 13 in a folder of its own.
# Windows is in the folder $prefix of it.
# Sets $drive, a folder of this system, and $inside, what it is called where Wine is (Z:$inside in Wine).
# Knows: ensure_wine, in_root LINE, in_wine PROGRAM ARGUMENT..., in_window PICTURE SECONDS PROGRAM ARGUMENT...

prefix=prefix
window_colours=100 # a screen that shows less shows no window yet
oldest_wine=10 # Wine 8 lacks functions of Microsoft's C library that the locked wheels call
wine_root=${LDBU_DEBIAN_13:-$PWD/build/windows/debian-13}
drive=$wine_root/ldbu

# The Debian of this system's own packages, where it is told, and Debian's own otherwise.
debian_mirror() {
  sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1
}

ensure_wine() {
  if command -v wine >/dev/null 2>&1 && [ "$(wine --version | sed 's/wine-\([0-9]*\).*/\1/')" -ge "$oldest_wine" ]; then
    wine_root="" drive=$PWD/build/windows/drive
    ensure_command xvfb-run xvfb
    ensure_command import imagemagick
  elif [ ! -f "$wine_root/ldbu/ready" ]; then
    [ "$(id -u)" = 0 ] || stop_at "Wine $oldest_wine: debootstrap skal køres som root / debootstrap needs root"
    ensure_command debootstrap debootstrap
    if [ ! -x "$wine_root/usr/bin/apt-get" ]; then
      # shellcheck disable=SC2046
      debootstrap --variant=minbase trixie "$wine_root" $(debian_mirror) >&2 || stop_at "debootstrap af / of Debian 13"
      cp /etc/apt/apt.conf.d/* "$wine_root/etc/apt/apt.conf.d/"
    fi
    in_root "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
      wine wine64 xvfb xauth imagemagick xdotool fonts-dejavu-core" >&2 || stop_at "Wine i / in Debian 13"
    mkdir -p "$drive" && touch "$drive/ready"
  fi
  inside=${wine_root:+/ldbu}
  inside=${inside:-$drive}
  mkdir -p "$drive"
}

# A line of the shell where Wine is; what the system tells of its processes is there as well, and is gone with the line.
in_root() {
  if [ -z "$wine_root" ]; then
    sh -c "$1"
  else
    # shellcheck disable=SC2016
    unshare --mount --pid --fork sh -c \
      'mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"; exec chroot "$1" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 sh -c "$2"' \
      sh "$wine_root" "$1"
  fi
}

quoted() {
  for word in "$@"; do printf "'%s' " "$(printf %s "$word" | sed "s/'/'\\\\''/g")"; done
}

wine_line() {
  echo "cd $inside; export WINEPREFIX=$inside/$prefix WINEDEBUG=${WINEDEBUG:--all} PYTHONHASHSEED=1 PYTHONDONTWRITEBYTECODE=1"
  echo "export WINEDLLOVERRIDES='winemenubuilder.exe,mscoree,mshtml=d' SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-}"
}

# A Windows program without a screen; all that it began has ended when this returns.
in_wine() {
  in_root "$(wine_line); wine $(quoted "$@"); status=\$?; wineserver -w; exit \$status"
}

# A Windows program with a screen of 1600 by 1000, of which a picture is taken when it shows a window, at the latest after so
# many seconds. What is in $typed is typed there then, and a second picture taken, PICTURE-typed.png; then it is ended.
in_window() {
  picture=$1 most=$2
  shift 2
  in_root "$(wine_line); export picture=$inside/$picture most=$most typed='${typed:-}'; xvfb-run -a -s '-screen 0 1600x1000x24' sh -c '
    wine explorer /desktop=ldbu,1600x1000 $(quoted "$@" | sed "s/'/\"/g") &
    shown() {
      waited=0
      until import -window root \$picture && [ \$(identify -format %k \$picture) -gt $window_colours ]; do
        [ \$waited -lt \$most ] || { wineserver -k; exit 1; }
        sleep 5; waited=\$((waited + 5))
      done
      sleep 15; import -window root \$1
    }
    shown \$picture
    if [ -n \"\$typed\" ]; then
      xdotool mousemove 800 500 type --delay 100 \"\$typed\"; xdotool key Return; sleep 10; shown \${picture%.png}-typed.png
    fi
    wineserver -k; wait' 2>/dev/null"
}
