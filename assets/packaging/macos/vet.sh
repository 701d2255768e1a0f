#!/bin/sh
# Type-checks the whole program for macOS on any system: vet.sh [arm64|amd64].
# Fyne's macOS files need cgo and Apple's headers; one of their functions is
# replaced by a stub in a copy of Fyne, and its build tag "ci" leaves the rest out.
# What it cannot check is Objective-C.
set -eu
arch=${1:-arm64}
cd "$(dirname "$0")/../../.."
export CGO_ENABLED=0 GOOS=darwin GOARCH="$arch" GOFLAGS=

fyne=$(go list -m -f '{{.Dir}}' fyne.io/fyne/v2)
[ -n "$fyne" ] || { go mod download fyne.io/fyne/v2 && fyne=$(go list -m -f '{{.Dir}}' fyne.io/fyne/v2); }
work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
cp -r "$fyne" "$work/fyne"
chmod -R u+w "$work/fyne"
printf 'package app\n\nimport "fyne.io/fyne/v2"\n\nfunc DefaultVariant() fyne.ThemeVariant { return 0 }\n' \
	>"$work/fyne/internal/app/zz_stub_darwin.go"
cp go.mod "$work/vet.mod"
cp go.sum "$work/vet.sum"
go mod edit -replace "fyne.io/fyne/v2=$work/fyne" "$work/vet.mod"
go vet -modfile="$work/vet.mod" -tags ci ./...
echo "macOS $arch: vet passed"
