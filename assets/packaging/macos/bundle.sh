#!/bin/sh
# bundle.sh WARDLIGHT WARDCTL VERSION OUT.dmg: makes the application bundle and
# its disk image. Runs on macOS only. Signed for this machine ("ad hoc") unless
# CODESIGN_IDENTITY names a certificate; notarised where NOTARY_KEY (App Store
# Connect's .p8 file), NOTARY_KEY_ID and NOTARY_ISSUER are given, too.
set -eu
program=$1 ctl=$2 version=$3 out=$4
root=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

app="$work/image/Wardlight.app"
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources" "$work/wardlight.iconset"
cp "$program" "$app/Contents/MacOS/wardlight"
cp "$ctl" "$app/Contents/MacOS/wardctl"
chmod 755 "$app/Contents/MacOS/wardlight" "$app/Contents/MacOS/wardctl"

short=${version%%[-+~]*}
sed -e "s/@SHORT@/$short/" -e "s/@NUMBER@/$short/" "$root/assets/packaging/macos/Info.plist" >"$app/Contents/Info.plist"
plutil -lint "$app/Contents/Info.plist"

icon() { cp "$root/assets/icons/wardlight-$1.png" "$work/wardlight.iconset/icon_$2.png"; }
icon 16 16x16
icon 32 16x16@2x
icon 32 32x32
icon 64 32x32@2x
icon 128 128x128
icon 256 128x128@2x
icon 256 256x256
icon 512 256x256@2x
icon 512 512x512
iconutil -c icns -o "$app/Contents/Resources/wardlight.icns" "$work/wardlight.iconset"

identity=${CODESIGN_IDENTITY:--}
stamp=--timestamp # the notary asks for a trusted time
[ "$identity" != - ] || stamp=--timestamp=none
codesign --force --options runtime "$stamp" --sign "$identity" "$app/Contents/MacOS/wardctl"
codesign --force --options runtime "$stamp" --sign "$identity" "$app"
codesign --verify --deep --strict --verbose=2 "$app"

ln -s /Applications "$work/image/Applications"
hdiutil create -volname Wardlight -srcfolder "$work/image" -ov -format UDZO "$out"

[ -n "${NOTARY_KEY:-}" ] || exit 0
codesign --force "$stamp" --sign "$identity" "$out"
xcrun notarytool submit "$out" --key "$NOTARY_KEY" --key-id "$NOTARY_KEY_ID" --issuer "$NOTARY_ISSUER" --wait
xcrun stapler staple "$out"
xcrun stapler validate "$out"
