# Sourced by packaging/windows.sh, from the project's folder: the MSI is installed in a Windows of Wine's that has nothing
# else, used, upgraded and removed. What is seen there is held against the same program on this system.
# Pictures of its windows are left in build/windows/pictures. Knows: prove.

program_files="Program Files/LDBU Desktop"
visits=1000
passphrase="velkendt sti 1862 mod nord"
window_seconds=600 # a machine that has much else to do is waited for
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
  mkdir -p "$disk/windows/Installer" # of Windows Installer itself: every Windows has it, and Wine makes it when it is first needed
  all_of_windows >build/windows/before

  upgrade_over_an_older_version
  (cd "$disk/$program_files" && find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2) >build/windows/as-installed
  in_wine "C:\\$program_files\\ldbu.exe" self-test >build/windows/self-test.txt || fails "self-test: build/windows/self-test.txt"
  held "self-test"
  opens_its_files
  case_files_travel
  answers_as_here
  takes_long_paths
  obeys_policies
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
  PYTHONPATH=. "$python" - "$drive/try/sag.ldbu" "$passphrase" <<'PYTHON'
import sys
from pathlib import Path
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.standards import shipped_standard
journal = load([Path("resources/samples/familie.xlsx")], shipped_standard())
CaseFile.create(Path(sys.argv[1]), sys.argv[2], journal).close()
PYTHON
  typed=$passphrase
  in_window try/case.png "$window_seconds" start "$(windows_path try/sag.ldbu)" || fails ".ldbu: intet vindue / no window"
  typed=""
  cp "$drive/try/case.png" "$drive/try/case-typed.png" build/windows/pictures/
  grep -aqi 'LDBU.CaseFile' "$proof/system.reg" || fails ".ldbu"
  held ".ldbu: build/windows/pictures/case.png, case-typed.png"
}

# A case file of this system's is read there and written anew, and that one read there again and here: nothing is lost.
case_files_travel() {
  for step in sag.ldbu:der.ldbu der.ldbu:igen.ldbu; do
    in_root "$(wine_line); cd try && echo '$passphrase' | wine 'C:\\$program_files\\ldbu.exe' rescue ${step%:*} --to ${step#*:}" >&2 \
      || fails "sagsfil / case file: $step"
  done
  PYTHONPATH=. "$python" - "$passphrase" "$drive/try/sag.ldbu" "$drive/try/der.ldbu" "$drive/try/igen.ldbu" <<'PYTHON' || fails "sagsfil / case file"
import sys
from pathlib import Path
from ldbu_desktop.casefile.case_file import read_copy
here, *there = (read_copy(Path(name), sys.argv[1]).journal.families for name in sys.argv[2:])
assert here and all(families == here for families in there)
PYTHON
  held "en sagsfil skrives og åbnes igen, der og her / a case file is written and opened again, there and here"
}

# Longer than the 260 letters that Windows' older programs take.
takes_long_paths() {
  long=try/$(printf 'en-mappe-med-et-langt-navn-%s/' 1 2 3 4 5 6 7 8 9 10 11 12)
  mkdir -p "$drive/$long" && cp resources/samples/familie-med-fejl.xlsx "$drive/$long"
  in_root "$(wine_line); wine 'C:\\$program_files\\ldbu.exe' validate '$(windows_path "$long")familie-med-fejl.xlsx'" \
    >build/windows/long.out 2>&1 || [ $? = 1 ] || fails "lang sti / long path: build/windows/long.out"
  grep -aq longPathAware "$disk/$program_files/ldbu.exe" || fails "longPathAware"
  grep -aq PerMonitorV2 "$disk/$program_files/ldbu-desktop.exe" || fails "dpiAwareness"
  held "lange stier, og skarp på alle skærme / long paths, and sharp on every screen"
}

# What the machine's owner has fixed in the registry holds.
obeys_policies() {
  key='HKLM\SOFTWARE\Policies\LDBU Desktop'
  in_wine reg add "$key" /v Language /d en /f /reg:64 >&2
  in_wine reg add "$key" /v RememberKeys /t REG_DWORD /d 0 /f /reg:64 >&2
  in_wine "C:\\$program_files\\ldbu.exe" self-test >build/windows/policy.txt || fails "build/windows/policy.txt"
  grep -q 'language, remember_keys\|remember_keys, language' build/windows/policy.txt || fails "build/windows/policy.txt"
  grep -q 'The program is whole' build/windows/policy.txt || fails "build/windows/policy.txt: Language"
  in_wine reg delete "$key" /f /reg:64 >&2
  held "faste indstillinger i registreringsdatabasen / policies in the registry"
}

# The same answers, byte for byte, from 1 000 visits.
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
  "$python" packaging/windows/same_delivery.py "$here/reports" "$drive/try/reports" || fails "export"
  [ "$(find "$here/reports" -name '*.json' | wc -l)" -ge "$visits" ] || fails "export"
  rm -rf "$here/reports" && cp -r "$drive/try/reports" "$here/reports"
  alike check reports
  alike check samples/alle-fejl/rapporter
  alike check --format jsonl samples/alle-fejl/rapporter
  held "validate, export, check: $visits rapporter, de samme bytes / reports, the same bytes"
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
  in_window try/window.png "$window_seconds" "C:\\$program_files\\ldbu-desktop.exe" "$(windows_path try/samples/familie-med-fejl.xlsx)" \
    || fails "intet vindue / no window"
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
