# Sourced by packaging/windows.sh, from the project's folder: the MSI is installed in a Windows of Wine's that has nothing
# else, used, upgraded and removed. What is seen there is held against the same program on this system.
# Pictures of its windows are left in build/windows/pictures. Knows: prove.

program_files="Program Files/LDBU Desktop"
visits=1000
older=0.0.1 # sorts before any version that is published

held() { echo "✔ $1" >&2; }
fails() {
  echo "✖ $1" >&2
  exit 1
}

prove() {
  make_python
  prefix=proof
  proof=$drive/$prefix disk=$drive/$prefix/drive_c
  rm -rf "$proof" "$drive/try" "$drive/older" build/windows/here build/windows/pictures
  cp -a "$drive/prefix" "$proof"
  mkdir -p "$drive/try" build/windows/here build/windows/pictures
  cp "$msi" "$drive/try/new.msi"
  all_of_windows >build/windows/before

  upgrade_over_an_older_version
  (cd "$disk/$program_files" && find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2) >build/windows/as-installed
  in_wine "C:\\$program_files\\ldbu.exe" self-test >build/windows/self-test.txt || fails "self-test: build/windows/self-test.txt"
  held "self-test"
  opens_its_files
  answers_as_here
  window_with_the_sample
  (cd "$disk/$program_files" && find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2) | cmp -s - build/windows/as-installed \
    || fails "noget er skrevet i programmets mappe / something was written below Program Files"
  held "intet er skrevet i programmets mappe / nothing was written below Program Files"
  removal_leaves_nothing
}

# msiexec OPTION PACKAGE: silently; as Windows asks it, with its own strokes.
msiexec() { in_wine msiexec "$1" "$(windows_path "$2")" /qn || fails "msiexec $*"; }

windows_path() { printf 'Z:%s/%s' "$inside" "$1" | tr / '\\'; }

# The files of the system's disk, but for those of users, and what its registry tells of the program.
all_of_windows() {
  (cd "$disk" && find . -path ./users -prune -o -path ./windows/temp -prune -o -print | LC_ALL=C sort)
  grep -ai 'ldbu' "$proof/system.reg" || true
}

# What Windows' own list of programs has of it.
product_count() {
  awk '/^\[/ { is_listed = /CurrentVersion..Uninstall/ } is_listed && /"DisplayName"="LDBU Desktop"/ { count++ } END { print count + 0 }' \
    "$proof/system.reg"
}

upgrade_over_an_older_version() {
  mkdir -p "$drive/older/_internal"
  cp "$program/ldbu-desktop.exe" "$program/ldbu.exe" "$drive/older/"
  echo "of the older version alone" >"$drive/older/_internal/older.txt"
  "$python" packaging/windows/installer.py "$drive/older" "$older" build/windows/older.wxs
  (cd "$drive/older" && wixl -a x64 -o "$drive/try/older.msi" "$OLDPWD/build/windows/older.wxs")
  msiexec /i try/older.msi
  [ -f "$disk/$program_files/_internal/older.txt" ] || fails "den ældre udgave / the older version"
  msiexec /i try/new.msi
  [ -x "$disk/$program_files/ldbu.exe" ] || fails "installation"
  held "stille installation / silent installation"
  [ ! -e "$disk/$program_files/_internal/older.txt" ] || fails "den ældre udgave er der endnu / the older version is still there"
  [ "$(product_count)" = 1 ] || fails "$(product_count) udgaver er installeret / versions are installed"
  held "opgradering / upgrade"
  if in_wine msiexec /i "$(windows_path try/older.msi)" /qn; then
    fails "en ældre udgave kan installeres oven på en nyere / an older version can be installed over a newer one"
  fi
  held "en ældre udgave afvises / an older version is refused"
  [ -z "$(find "$disk/$program_files" -iname 'icuuc.dll')" ] || fails "icuuc.dll"
  held "intet af prøvens egne filer følger med / no stub of the proof is shipped"
}

# Windows' own way of opening a file by its type: the window asks for the passphrase of a case file.
opens_its_files() {
  PYTHONPATH=. "$python" - "$drive/try/sag.ldbu" <<'PYTHON'
import sys
from pathlib import Path
from ldbu_desktop.casefile.case_file import CaseFile
CaseFile.create(Path(sys.argv[1]), "velkendt prøve 1862").close()
PYTHON
  in_window try/case.png 25 start "$(windows_path try/sag.ldbu)"
  cp "$drive/try/case.png" build/windows/pictures/
  [ -f "$drive/try/.~sag.ldbu.lock" ] || grep -aqi 'LDBU.CaseFile' "$proof/system.reg" || fails ".ldbu"
  held ".ldbu: build/windows/pictures/case.png"
}

# The same answers, byte for byte, from 1 000 visits: reports differ in the moment that they were written, and receipts in that.
answers_as_here() {
  PYTHONPATH=. "$python" -c 'import sys; from pathlib import Path; from tests.benchmarks.journal_workbook import write_journal
write_journal(Path(sys.argv[1]), int(sys.argv[2]))' "$drive/try/journal.xlsx" "$visits"
  cp -r resources/samples "$drive/try/samples"
  here=$PWD/build/windows/here
  cp -r "$drive/try/journal.xlsx" "$drive/try/samples" "$here/"
  alike validate journal.xlsx
  alike validate samples/familie-med-fejl.xlsx
  alike validate --format csv samples/alle-fejl/alle-fejl.xlsx
  alike validate --language en samples/alle-fejl/rodet.csv
  alike export journal.xlsx --to reports
  (cd "$here" && for name in reports/*; do reports_alike "$name" || exit 1; done) || fails "export"
  [ "$(find "$here/reports" -name '*.json' | wc -l)" -ge "$visits" ] || fails "export"
  rm -rf "$here/reports" && cp -r "$drive/try/reports" "$here/reports"
  alike check reports
  alike check samples/alle-fejl/rapporter
  alike check --format jsonl samples/alle-fejl/rapporter
  held "validate, export, check: $visits rapporter, de samme bytes / reports, the same bytes"
}

moments='s/"[a-z]*": "20[0-9-]*T[0-9:.]*\(Z\|[+-][0-9:]*\)"/moment/g; s/[0-9a-f]\{64\}/digest/g; s/"size": [0-9]*/size/'

reports_alike() {
  sed "$moments" "$1" >"$here.a"
  sed "$moments" "$drive/try/$1" 2>/dev/null | cmp -s - "$here.a" || { echo "$1" >&2; return 1; }
}

# One call here and in Wine, from the same folder: both the answer and the exit code are the same.
alike() {
  here_code=0 there_code=0
  (cd "$here" && PYTHONPATH=$OLDPWD "$OLDPWD/$python" -m ldbu_desktop "$@") >build/windows/here.out 2>build/windows/here.err || here_code=$?
  in_root "$(wine_line); cd try && wine 'C:\\$program_files\\ldbu.exe' $(quoted "$@"); status=\$?; wineserver -w; exit \$status" \
    >build/windows/there.out 2>build/windows/there.err || there_code=$?
  cmp build/windows/here.out build/windows/there.out >&2 && [ "$here_code" = "$there_code" ] \
    || fails "$* ($here_code, $there_code): build/windows/here.out, there.out"
}

window_with_the_sample() {
  in_window try/window.png 30 "C:\\$program_files\\ldbu-desktop.exe" "$(windows_path try/samples/familie-med-fejl.xlsx)"
  cp "$drive/try/window.png" build/windows/pictures/
  held "vinduet / the window: build/windows/pictures/window.png"
}

removal_leaves_nothing() {
  touch "$disk/users/mine.ldbu"
  msiexec /x try/new.msi
  all_of_windows >build/windows/after
  diff build/windows/before build/windows/after >&2 || fails "det er ikke fjernet helt / it is not removed whole"
  [ -f "$disk/users/mine.ldbu" ] || fails "brugerens egne filer / the user's own files"
  held "fjernet uden spor / removed without a trace"
}
