#!/bin/sh
# sign.sh FILE: signs a program, an installer or a package in place (Authenticode, by
# osslsigncode). For packages.mk: make windows msi SIGN=assets/packaging/windows/sign.sh
#   SIGN_CERT   the certificate and those above it, PEM
#   SIGN_KEY    its private key, PEM, or a PKCS#11 URI with SIGN_MODULE, the token's library
#   SIGN_TIME   the address of a time-stamping service; without one a signature ends
#               with its certificate
#
# sign.sh --test FOLDER: makes an authority and a certificate that nobody trusts,
# FOLDER/ca.pem, cert.pem and key.pem, to try the step with.
set -eu
if [ "${1:-}" = --test ]; then
	cd "$2"
	openssl req -x509 -newkey rsa:3072 -nodes -days 30 -keyout ca.key -out ca.pem -subj "/CN=Wardlight TEST authority" \
		-addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" 2>/dev/null
	openssl req -newkey rsa:3072 -nodes -keyout key.pem -out cert.csr -subj "/CN=Wardlight TEST signer" 2>/dev/null
	printf 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\n' >cert.ext
	openssl x509 -req -in cert.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile cert.ext -out cert.pem 2>/dev/null
	rm -f ca.key ca.srl cert.csr cert.ext # nothing else is signed by it
	exit 0
fi
file=$1
trap 'rm -f "$file.signed"' EXIT
set -- -certs "$SIGN_CERT" -key "$SIGN_KEY" -h sha256 -n Wardlight -i https://github.com/wardlight/wardlight
[ -z "${SIGN_MODULE:-}" ] || set -- -pkcs11module "$SIGN_MODULE" "$@"
[ -z "${SIGN_TIME:-}" ] || set -- "$@" -ts "$SIGN_TIME"
osslsigncode sign "$@" -in "$file" -out "$file.signed" >/dev/null
cat "$file.signed" >"$file" # keeps its rights and its place
