# Sourced by the other scripts, from the project's folder: makes .venv from the lock and finds what Qt needs.
# Sets $python. Knows: ensure_environment [dev|freeze], install_locked LOCK, ensure_system_libraries, ensure_command COMMAND PACKAGE,
# ensure_screen_reader, put_notices FOLDER.
# Who sets $environment before has another folder than .venv.

environment=${environment:-.venv}
python=$environment/bin/python
qt_packages="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0
 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1
 fonts-dejavu-core"

# Install Debian packages where we may; else say the one line to type and stop.
install_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Mangler / missing: $*" >&2
    echo "Installér dem med systemets pakkehåndtering, og kør så igen. / Install them, then run this again." >&2
    exit 1
  fi
  as_root=""
  if [ "$(id -u)" != 0 ]; then
    if sudo -n true 2>/dev/null; then
      as_root="sudo -n"
    else
      echo "Skriv denne linje, og kør så igen / type this line, then run this again:" >&2
      echo "  sudo apt-get update && sudo apt-get install -y $*" >&2
      exit 1
    fi
  fi
  echo "Installerer systempakker / installing system packages: $*" >&2
  # shellcheck disable=SC2086
  { $as_root apt-get update -q && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -q -y --no-install-recommends "$@"; } \
    >"${TMPDIR:-/tmp}/ldbu-apt.$$" 2>&1 || { tail -n 20 "${TMPDIR:-/tmp}/ldbu-apt.$$" >&2; rm -f "${TMPDIR:-/tmp}/ldbu-apt.$$"; exit 1; }
  rm -f "${TMPDIR:-/tmp}/ldbu-apt.$$"
}

# What sits at the window as a user does: a keyboard with its layout, and what hears the window as a screen reader does,
# which is a bus, AT-SPI, and its bindings for the system's Python.
ensure_screen_reader() {
  ensure_command xdotool xdotool
  ensure_command setxkbmap x11-xkb-utils
  ensure_command dbus-run-session dbus-daemon
  /usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null \
    || install_packages at-spi2-core python3-gi gir1.2-atspi-2.0
}

ensure_command() {
  command -v "$1" >/dev/null 2>&1 || install_packages "$2"
}

# Beside a frozen program: its licence, whose work it is built on, and its bill of materials with every licence.
put_notices() {
  cp LICENSE "$1/LICENSE.txt"
  cp THIRD-PARTY-NOTICES.md "$1/"
  "$python" packaging/licences.py --sbom "$1/ldbu-desktop.cdx.json"
}

# The first Python of at least 3.11.
find_python() {
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      echo "$candidate"
      return
    fi
  done
}

# .venv with exactly what the lock says; made anew only when the lock has changed.
ensure_environment() {
  lock=packaging/requirements${1:+-$1}.lock
  installed=$environment/installed.lock
  if [ -x "$python" ]; then
    # The development lock names all that the program needs as well.
    if cmp -s "$lock" "$installed" || { [ "${1:-dev}" = dev ] && cmp -s packaging/requirements-dev.lock "$installed"; }; then
      return
    fi
  fi
  if [ ! -x "$python" ]; then
    system_python=$(find_python)
    if [ -z "$system_python" ]; then
      install_packages python3 python3-venv
      system_python=$(find_python)
    fi
    if [ -z "$system_python" ]; then
      echo "Der skal bruges Python 3.11 eller nyere. / Python 3.11 or newer is needed." >&2
      exit 1
    fi
    "$system_python" -c 'import ensurepip' 2>/dev/null || install_packages python3-venv
    echo "Opretter $environment / making $environment" >&2
    "$system_python" -m venv "$environment"
  fi
  echo "Henter afhængigheder / installing dependencies ($lock)" >&2
  install_locked packaging/installer.lock pip || echo "uv kan ikke hentes; pip bruges / without uv, by pip" >&2
  install_locked "$lock"
  "$python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
  cp "$lock" "$installed"
}

# install_locked LOCK [pip]: what the lock names, and nothing that it does not name: newer releases of other packages change nothing.
# By uv, which is quick; by pip where uv is not there or can't reach what pip is set up to reach.
install_locked() {
  if [ "${2:-}" != pip ] && "$python" -m uv --version >/dev/null 2>&1 \
    && "$python" -m uv pip sync -q --compile-bytecode --python "$python" --require-hashes "$1" 2>/dev/null; then
    return
  fi
  "$python" -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r "$1"
}

# The libraries that Qt's windows are linked to: asked of the files themselves.
ensure_system_libraries() {
  qt=$("$python" -c 'import importlib.util as u; print(u.find_spec("PySide6").submodule_search_locations[0])')/Qt
  if ldd "$qt/lib/libQt6Widgets.so.6" "$qt/plugins/platforms/libqxcb.so" 2>/dev/null | grep -q 'not found' || ! fc_has_font; then
    # shellcheck disable=SC2086
    install_packages $qt_packages
  fi
}

fc_has_font() {
  find /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" "${HOME:-/}/.local/share/fonts" \
    \( -name '*.ttf' -o -name '*.otf' \) 2>/dev/null | grep -q .
}
