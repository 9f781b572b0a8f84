#!/bin/sh
# The program for Windows, made and proven on Linux: a folder of programs and an MSI, in build/packages.
# `sh packaging/windows.sh [python|freeze|package|prove ...]`: all of it, or some of its steps. Takes a quarter of an hour.
# What can't be had (a download, Wine) is told, and the script stops there with 3; nothing else of a release needs it.
set -eu
cd "$(dirname "$0")/.."

stop_at() {
  echo "Windows: dette trin kunne ikke udføres / this step could not be done: $1" >&2
  exit 3
}

environment=build/freeze-environment
. packaging/environment.sh
. packaging/windows/python.sh
. packaging/windows/wine.sh
. packaging/windows/prove.sh
ensure_environment freeze
ensure_system_libraries
ensure_command mvn maven
ensure_command unzip unzip
ensure_command x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64
ensure_command wixl wixl
ensure_command msiinfo msitools
ensure_wine
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
version=$("$python" -c 'import ldbu_desktop; print(ldbu_desktop.__version__)')
packages=$PWD/build/packages
msi=$packages/ldbu-desktop-$version-windows-x86_64.msi
program=$drive/dist/ldbu-desktop
mkdir -p build/windows "$packages"

make_python() {
  ensure_windows_python "$drive/python"
  ensure_prefix
}

# What Windows has and Wine lacks, for the test prefix alone: nothing of it is shipped.
ensure_prefix() {
  [ ! -f "$drive/prefix/made" ] || return 0
  rm -rf "$drive/prefix"
  in_wine wineboot --init >&2 || stop_at "Wine: wineboot"
  {
    cat packaging/windows/icuuc.c
    x86_64-w64-mingw32-objdump -p "$drive/python/Lib/site-packages/PySide6/Qt6Core.dll" \
      | awk '/DLL Name:/ { here = $3 == "icuuc.dll" } here && $NF ~ /^(ucnv|UCNV|u)_/ && $NF != "ucnv_open" { print $NF }' \
      | sed 's/.*/__declspec(dllexport) int &(void) { return 0; }/'
  } >build/windows/icuuc.c
  x86_64-w64-mingw32-gcc -shared -nostdlib -e DllMainCRTStartup -o "$drive/prefix/drive_c/windows/system32/icuuc.dll" build/windows/icuuc.c
  touch "$drive/prefix/made"
}

freeze() {
  make_python
  rm -rf "$drive/source" "$drive/dist" "$drive/work"
  mkdir -p "$drive/source"
  cp -r ldbu_desktop resources forms "$drive/source/"
  find "$drive/source" -name __pycache__ -prune -exec rm -rf {} +
  mkdir -p "$drive/source/packaging"
  cp -r packaging/frozen "$drive/source/packaging/"
  # The program's own name, version and needs, which `ldbu self-test` tells.
  cp -r "$("$python" -c 'from importlib import metadata; print(metadata.distribution("ldbu-desktop")._path)')" "$drive/source/"
  QT_QPA_PLATFORM=offscreen PYTHONPATH=. "$python" packaging/windows/icon.py resources/icons/program.svg "$drive/source/program.ico"
  PYTHONPATH=. "$python" packaging/windows/version_file.py "$drive/source/version.txt"
  in_root "$(wine_line); export PYTHONPATH='Z:$inside/source' LDBU_ICON='Z:$inside/source/program.ico' LDBU_VERSION_FILE='Z:$inside/source/version.txt'
    export PYINSTALLER_ZLIB_COMPRESSION_LEVEL=0
    wine python/python.exe -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath work source/packaging/frozen/program.spec
    status=\$?; wineserver -w; exit \$status" >&2 || stop_at "PyInstaller i / in Wine"
  (cd "$program/_internal/ldbu_desktop/_data" && find resources forms -type f | LC_ALL=C sort | xargs -d '\n' sha256sum >sha256)
  echo "== $(du -sm "$program" | cut -f1) MB" >&2
}

package() {
  put_notices "$program"
  "$python" packaging/windows/installer.py "$program" "$version" build/windows/installer.wxs
  rm -f "$msi"
  (cd "$program" && wixl -a x64 -o "$msi" "$OLDPWD/build/windows/installer.wxs") || stop_at "wixl"
  echo "== $(du -m "$msi" | cut -f1) MB $msi" >&2
}

[ $# -gt 0 ] || set -- freeze package prove
for step in "$@"; do
  case $step in
    python) make_python ;;
    freeze | package | prove) "$step" ;;
    *) echo "python, freeze, package, prove" >&2; exit 2 ;;
  esac
done
