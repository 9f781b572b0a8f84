#!/bin/sh
# The program as a folder that runs without Python, in build/frozen/ldbu-desktop; then proven from inside.
# `sh packaging/freeze.sh` sets up all that is needed. packaging/debian.sh makes packages of the folder.
set -eu
cd "$(dirname "$0")/.."
environment=build/freeze-environment # what developers use besides would be taken along by PyInstaller
. packaging/environment.sh
ensure_environment freeze
ensure_system_libraries
ensure_command objdump binutils
frozen=build/frozen
program=$frozen/ldbu-desktop
rm -rf "$program"
# Modules are not compressed: unpacking takes longer than reading at each start, and the packages compress the whole.
PYINSTALLER_ZLIB_COMPRESSION_LEVEL=0 PYTHONHASHSEED=1 SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) "$python" -m PyInstaller --noconfirm --log-level WARN \
  --distpath "$frozen" --workpath build/freeze packaging/frozen/program.spec
ln -s ldbu-desktop "$program/ldbu"
# Symbols for debuggers are a tenth of the folder.
find "$program/_internal" -type f -name '*.so*' -exec strip --strip-unneeded {} +
# What each file that ships must be: `ldbu self-test` holds the files of an installation against it.
(cd "$program/_internal/ldbu_desktop/_data" && find resources forms -type f | LC_ALL=C sort | xargs -d '\n' sha256sum >sha256)
put_notices "$program"
echo "== $(du -sm "$program" | cut -f1) MB" >&2
"$program/ldbu" self-test
