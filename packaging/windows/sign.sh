#!/bin/sh
# Signs what packaging/windows.sh made, by a certificate of yours: the programs before `windows.sh package`, and the MSI after it.
# `sh packaging/windows/sign.sh CERTIFICATE.pem KEY.pem FILE...`; each file is signed in its place, and the signature verified.
# A certificate of one's own making is trusted where its owner has told the machines to.
set -eu
cd_from=$PWD
cd "$(dirname "$0")/../.."
. packaging/environment.sh
ensure_command osslsigncode osslsigncode
cd "$cd_from"
[ $# -ge 3 ] || { echo "sh packaging/windows/sign.sh CERTIFIKAT.pem NØGLE.pem FIL..." >&2; exit 2; }
certificate=$1 key=$2
shift 2
for file in "$@"; do
  osslsigncode sign -h sha256 -certs "$certificate" -key "$key" -n "LDBU Desktop" -in "$file" -out "$file.signed" >/dev/null
  mv "$file.signed" "$file"
  osslsigncode verify -CAfile "$certificate" -in "$file" >/dev/null || { echo "✖ $file" >&2; exit 1; }
  echo "✔ $file" >&2
done
