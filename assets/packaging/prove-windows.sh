#!/bin/sh
# prove-windows.sh SETUP.exe [SHOTS]: installs silently under Wine, starts the
# station, waits for its window, takes a picture into SHOTS (dist), removes it
# silently and looks for anything left behind. Needs wine, wine64, Xvfb, openbox,
# xdotool, ImageMagick and the mingw compiler. Wine is not Windows: toasts,
# screen readers, SmartScreen, UAC and graphics drivers are not seen here. The prefix is kept in
# $BASE for the next run.
set -eu
[ $# -ge 1 ] || { echo "usage: $0 SETUP.exe [SHOTS]" >&2; exit 2; }
setup=$(readlink -f "$1")
shots=$(readlink -f "${2:-dist}")
here=$(cd "$(dirname "$0")" && pwd)
base=${BASE:-${XDG_CACHE_HOME:-$HOME/.cache}/wardlight-prove/wine}

# Debian keeps the 64-bit loader off the path; "wine" asks for the 32-bit one too.
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)

begin=$(date +%s)
say() { echo "prove-windows: $(($(date +%s) - begin)) s: $*"; }
mkdir -p "$shots" "$base"

xvfb='' wm='' app=''
run=$(mktemp -d)
finish() {
	status=$?
	[ -z "$app" ] || kill "$app" 2>/dev/null || true
	wineserver -k 2>/dev/null || true # of this prefix only
	for p in $wm $xvfb; do kill "$p" 2>/dev/null || true; done
	rm -rf "$run"
	if [ $status = 0 ]; then say passed; else say FAILED; fi
	exit $status
}
trap finish EXIT
trap 'exit 1' INT TERM

export WINEPREFIX="$base/prefix" WINEARCH=win64 WINEDEBUG=-all LIBGL_ALWAYS_SOFTWARE=1 LANG=C.UTF-8
# Wine 8 has only half of the screen readers' interface, and ends who calls the rest.
export WINEDLLOVERRIDES="mscoree,mshtml,uiautomationcore=;winemenubuilder.exe=d"

Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$run/display" 2>/dev/null &
xvfb=$!
tries=0
until [ -s "$run/display" ]; do
	tries=$((tries + 1))
	[ $tries -lt 100 ] || { echo "Xvfb did not start" >&2; exit 1; }
	sleep 0.05
done
DISPLAY=:$(cat "$run/display")
export DISPLAY
openbox --sm-disable >/dev/null 2>&1 &
wm=$!

if [ ! -e "$base/.complete" ]; then
	rm -rf "$WINEPREFIX"
	"$wine" wineboot -u >"$base/wineboot.log" 2>&1 || { cat "$base/wineboot.log" >&2; exit 1; }
	wineserver -w
	dll="$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll"
	[ -e "$dll" ] || x86_64-w64-mingw32-gcc -shared -O2 -s -o "$dll" "$here/windows/bcryptprimitives.c" -ladvapi32
	touch "$base/.complete"
	say "Wine prefix made"
fi

programs="$WINEPREFIX/drive_c/Program Files/Wardlight"
menu="$WINEPREFIX/drive_c/ProgramData/Microsoft/Windows/Start Menu/Programs/Wardlight.lnk"
uninstall='HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\Wardlight'
registered() { "$wine" reg query "$1" /reg:64 >"$run/reg" 2>/dev/null; }

"$wine" "$setup" /S
wineserver -w
for f in "$programs/wardlight.exe" "$programs/wardctl.exe" "$programs/uninstall.exe" "$menu"; do
	[ -e "$f" ] || { echo "not installed: $f" >&2; exit 1; }
done
registered "$uninstall" || { echo "not registered for removal" >&2; exit 1; }
say "installed silently: $(sed -n 's/.*DisplayVersion *REG_SZ *//p' "$run/reg" | tr -d '\r')"
"$wine" "$programs/wardctl.exe" --help >/dev/null
say "wardctl runs"

"$wine" "$programs/wardlight.exe" >"$run/app.log" 2>&1 &
app=$!
tries=0
until window=$(xdotool search --onlyvisible --name '^Wardlight' 2>/dev/null | head -n 1) && [ -n "$window" ]; do
	tries=$((tries + 1))
	if [ $tries -ge 300 ] || ! kill -0 "$app" 2>/dev/null; then
		echo "no window appeared:" >&2
		cat "$run/app.log" >&2
		exit 1
	fi
	sleep 0.1
done
say "window $window"
sleep 3 # for the first frames; a picture, not a check
import -window root "$shots/prove-windows.png"
say "picture in $shots/prove-windows.png"
"$wine" taskkill /f /im wardlight.exe >/dev/null 2>&1 || kill "$app"
wait "$app" 2>/dev/null || true
app=''

"$wine" "$programs/uninstall.exe" /S
wineserver -w
for f in "$programs" "$menu"; do
	[ ! -e "$f" ] || { echo "left behind: $f" >&2; exit 1; }
done
for key in "$uninstall" 'HKLM\Software\Wardlight'; do
	if registered "$key"; then
		echo "left behind: $key" >&2
		exit 1
	fi
done
say "removed silently, nothing left behind"
