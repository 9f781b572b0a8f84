#!/bin/sh
# Looks by pip-audit whether what the runtime lock pins has known weaknesses, where advisories can be reached.
# Ends with 0 where none is known, 1 where one is, and 3 where nobody could be asked.
set -eu
cd "$(dirname "$0")/.."
. packaging/environment.sh
ensure_environment dev
told=$(mktemp)
trap 'rm -f "$told"' EXIT
found=0
"$python" -m uv tool run pip-audit -r packaging/requirements.lock --disable-pip --require-hashes \
  --progress-spinner off >"$told" 2>&1 || found=$?
cat "$told"
if grep -q "could not be audited" "$told" || { [ "$found" != 0 ] && ! grep -q "vulnerabilit" "$told"; }; then
  echo "Ikke alt kunne slås op / not everything could be looked up" >&2
  [ "$found" = 1 ] && grep -q "Found .* known" "$told" && exit 1
  exit 3
fi
exit "$found"
