#!/bin/sh
# prove-windows.sh SETUP.exe PACKAGE.msi [SHOTS]: installs silently under Wine, looks at what is
# in the programs, scores a row with wardctl, starts the station and waits for its
# window: once with nothing, once with the demonstration ward, where a nurse then
# signs in. Pictures go into SHOTS (dist/proofs). Sets a policy and sees it count.
# Removes it silently and looks for anything left behind. Then the same by the package
# for group policy, which must refuse to come beside the other.
#
# Wine is that of Debian 13, in a root of its own, whatever the host is: Debian 12's
# (8.0) lacks the memory that the record's database asks of Windows 10. Needs root,
# debootstrap, Xvfb, openbox, xdotool, ImageMagick and mingw's objdump. The
# root is kept in $BASE (1.7 GB) for the next run; the Wine prefix is made for the
# run and removed. Wine is not Windows: toasts, screen readers, SmartScreen, UAC and
# graphics drivers are not seen here.
set -eu
[ $# -ge 2 ] || { echo "usage: $0 SETUP.exe PACKAGE.msi [SHOTS]" >&2; exit 2; }
[ "$(id -u)" = 0 ] || { echo "$0: needs root for chroot" >&2; exit 1; }
# Mounts and processes of its own: none outlives the script.
[ "$$" = 1 ] ||
	exec unshare --mount --pid --fork --kill-child "$0" "$@"
setup=$1
package=$2
shots=${3:-dist/proofs}
base=${BASE:-/var/cache/wardlight-prove/wine}
mirror=${MIRROR:-} # empty: the one that debootstrap itself takes

begin=$(date +%s)
say() { echo "prove-windows: $(($(date +%s) - begin)) s: $*"; }
fail() { echo "prove-windows: $*" >&2; exit 1; }
mkdir -p "$shots"

if [ ! -e "$base/.complete" ]; then
	rm -rf --one-file-system "$base"
	mkdir -p "$base"
	{
		debootstrap --variant=minbase trixie "$base" ${mirror:+"$mirror"} &&
			{ cp /etc/apt/apt.conf.d/*proxy* "$base/etc/apt/apt.conf.d/" 2>/dev/null || true; } &&
			# libxi6: without it neither key nor mouse reaches a window.
			chroot "$base" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends \
				wine wine64 libgl1 libegl1 libgl1-mesa-dri libxi6 libxcursor1 libxrandr2 libxfixes3 libxcomposite1 libxinerama1 libxkbregistry0
	} >"$base.log" 2>&1 || { tail -n 20 "$base.log" >&2; exit 1; }
	touch "$base/.complete"
	say "root with Wine made"
fi

# The run's own folder, under the same name inside and outside of the root.
run=$(mktemp -d "$base/tmp/prove.XXXXXX")
in=/tmp/${run##*/}
finish() {
	status=$?
	inside wineserver -k 2>/dev/null || true
	rm -rf --one-file-system "$run" "$base"/tmp/.wine-* "$base"/tmp/wine-*
	if [ $status = 0 ]; then say passed; else say FAILED; fi
	exit $status
}
trap finish EXIT
trap 'exit 1' INT TERM

mount -t proc proc "$base/proc"
mount --bind /dev "$base/dev"
mkdir -p /tmp/.X11-unix "$base/tmp/.X11-unix" "$run/home" "$run/runtime"
chmod 700 "$run/runtime"
mount --bind /tmp/.X11-unix "$base/tmp/.X11-unix"

Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$run/display" 2>/dev/null &
tries=0
until [ -s "$run/display" ]; do
	tries=$((tries + 1))
	[ $tries -lt 100 ] || fail "Xvfb did not start"
	sleep 0.05
done
DISPLAY=:$(cat "$run/display")
export DISPLAY
openbox --sm-disable >/dev/null 2>&1 &

# wine PROGRAM ARGUMENT...: by Debian's 64-bit loader; the other one asks for 32-bit
# Wine too.
inside() {
	chroot "$base" env -i HOME="$in/home" PATH=/usr/bin:/bin XDG_RUNTIME_DIR="$in/runtime" DISPLAY="$DISPLAY" LANG=C.UTF-8 \
		LIBGL_ALWAYS_SOFTWARE=1 WINEPREFIX="$in/prefix" WINEARCH=win64 WINEDEBUG=-all \
		WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d" "$@"
}
wine() { inside /usr/lib/wine/wine64 "$@"; }
settle() { inside wineserver -w; }

wine wineboot -u >"$run/wineboot.log" 2>&1 || { cat "$run/wineboot.log" >&2; fail "no Wine prefix"; }
settle
say "$(wine --version), its prefix made"

c="$run/prefix/drive_c"
programs="$c/Program Files/Wardlight"
menu="$c/ProgramData/Microsoft/Windows/Start Menu/Programs/Wardlight.lnk"
installed='C:\Program Files\Wardlight'
uninstall='HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\Wardlight'
registered() { wine reg query "$1" /reg:64 >"$run/reg" 2>/dev/null; }

cp "$setup" "$run/setup.exe"
wine "$in/setup.exe" /S
settle
for f in "$programs/wardlight.exe" "$programs/wardctl.exe" "$programs/uninstall.exe" "$programs/notices.txt" "$programs/LICENSE.txt" "$menu"; do
	[ -e "$f" ] || fail "not installed: $f"
done
registered "$uninstall" || fail "not registered for removal"
say "installed silently: $(sed -n 's/.*DisplayVersion *REG_SZ *//p' "$run/reg" | tr -d '\r'), $(du -sh "$programs" | cut -f1)"

cp "$package" "$run/package.msi"
# msi WHAT: without a question, waiting for the end.
msi() {
	if wine msiexec "$1" "Z:$(echo "$in/package.msi" | tr / '\134')" /qn; then status=0; else status=$?; fi
	settle
	return $status
}
if msi /i; then fail "the .msi came beside the other installer"; fi
[ -e "$programs/uninstall.exe" ] || fail "the refused .msi removed something"
say "the .msi refuses to come beside it"

# Only libraries that Windows itself has, and the resources that make a program of it.
for program in wardlight wardctl; do
	for lib in $(x86_64-w64-mingw32-objdump -p "$programs/$program.exe" | sed -n 's/.*DLL Name: //p' | tr '[:upper:]' '[:lower:]'); do
		case $lib in
		advapi32.dll | gdi32.dll | kernel32.dll | msvcrt.dll | ole32.dll | oleaut32.dll | opengl32.dll | shell32.dll | user32.dll | uiautomationcore.dll | winmm.dll | ws2_32.dll) ;;
		*) fail "$program.exe needs $lib" ;;
		esac
	done
	# Version resources are UTF-16.
	strings -el "$programs/$program.exe" >"$run/strings"
	for word in FileDescription ProductVersion 'The Wardlight authors'; do
		grep -qF "$word" "$run/strings" || fail "$program.exe has no version resource with \"$word\""
	done
	strings "$programs/$program.exe" | grep -qF '<requestedExecutionLevel level="asInvoker"' || fail "$program.exe has no manifest"
done
say "programs have version, manifest and system libraries alone"

printf 'rr,spo2,o2,sbp,hr,acvpu,temp,scale\n25,91,1,90,131,V,39.1,1\n16,98,0,120,70,A,37.0,1\n' >"$run/sets.csv"
wine "$installed\\wardctl.exe" news2 "$in/sets.csv" 2>/dev/null | tr -d '\r' >"$run/scores"
printf 'rr,spo2,o2,sbp,hr,acvpu,temp,scale,total,risk,complete\n25,91,1,90,131,V,39.1,1,19,high,true\n16,98,0,120,70,A,37.0,1,0,low,true\n' |
	diff - "$run/scores" || fail "wardctl news2 scores otherwise"
say "wardctl scores NEWS2"

log=$run/app.log
# shellcheck source-path=SCRIPTDIR source=window.sh
. "$(dirname "$0")/window.sh"
# open: starts the station, as its menu entry does, and waits for its window.
open() {
	wine "$installed\\wardlight.exe" >"$log" 2>&1 &
	app=$!
	appears 300
}

open
say "window: no ward"
picture windows-bare
closed

site=$(find "$c/users" -type d -path '*/AppData/Roaming/wardlight')
[ -e "$site/record.db" ] || fail "no record in AppData"
user=${site#"$c/users/"}
data="C:\\users\\${user%%/*}\\AppData\\Roaming\\wardlight"
wine "$installed\\wardctl.exe" --data "$data" seed demo >"$run/log" 2>&1 || { cat "$run/log" >&2; fail "wardctl seed demo"; }
wine "$installed\\wardctl.exe" --data "$data" backup "$data\\first.backup" >"$run/log" 2>&1 || { cat "$run/log" >&2; fail "wardctl backup"; }
# This machine has no loudspeaker, and Wine no fonts for every script; anything else would
# be the site's.
wine "$installed\\wardctl.exe" --data "$data" doctor >"$run/log" 2>"$run/why" || [ $? = 1 ] || { cat "$run/log" "$run/why" >&2; fail "wardctl doctor"; }
if grep '^\(warning\|failing\) ' "$run/log" | grep -v '^warning *\(sound\|fonts\) ' >&2; then fail "wardctl doctor, see above"; fi
grep -q '^ok *keyring' "$run/log" || { cat "$run/log" "$run/why" >&2; fail "no keyring"; }
say "wardctl doctor is content, with the Credential Manager too"
open
picture windows-signin
# The field for the ID has the focus; the password of the demonstration is public.
xdotool windowactivate --sync "$window" type --delay 20 achen
xdotool key Return type --delay 20 wardlight-demo
xdotool key Return
tries=0
until wine "$installed\\wardctl.exe" --data "$data" audit export 2>/dev/null | grep '"actor":"achen"' | grep '"action":"sign-in"' | grep -q '"outcome":"done"'; do
	tries=$((tries + 1))
	if [ $tries -ge 150 ]; then
		import -window root "$shots/windows-failed.png"
		fail "the nurse could not sign in, see $shots/windows-failed.png"
	fi
	sleep 0.1
done
say "signed in, as the audit trail tells"
picture windows-board
closed

policy='HKLM\Software\Policies\Wardlight'
wine reg add "$policy" /v station /d WS-POLICY /f /reg:64 >/dev/null
wine "$installed\\wardctl.exe" --data "$data" config show | tr -d '\r' >"$run/log" || { cat "$run/log" >&2; fail "wardctl config show"; }
grep -qF "\"WS-POLICY\" " "$run/log" || { cat "$run/log" >&2; fail "the policy does not count"; }
grep -q '^station .*# policy: HKLM' "$run/log" || { cat "$run/log" >&2; fail "config show does not name the policy"; }
wine reg add "$policy" /v staion /d x /f /reg:64 >/dev/null
if wine "$installed\\wardctl.exe" --data "$data" config show >"$run/log" 2>&1; then fail "a misspelt policy passes"; fi
grep -qF 'did you mean "station"?' "$run/log" || { cat "$run/log" >&2; fail "no hint at the misspelt policy"; }
wine reg delete "$policy" /f /reg:64 >/dev/null
say "a policy in the registry counts, a misspelt one is refused"

wine "$installed\\uninstall.exe" /S
settle
for f in "$programs" "$menu"; do
	[ ! -e "$f" ] || fail "left behind: $f"
done
for key in "$uninstall" 'HKLM\Software\Wardlight'; do
	if registered "$key"; then fail "left behind: $key"; fi
done
say "removed silently, nothing left behind"

msi /i || fail "msiexec /i ended with $?"
for f in "$programs/wardlight.exe" "$programs/wardctl.exe" "$programs/notices.txt" "$programs/LICENSE.txt"; do
	[ -e "$f" ] || fail "the .msi did not install $f"
done
menus() { find "$c/ProgramData" "$c/users" -name 'Wardlight*.lnk'; } # Wine puts it into the user's menu
[ -n "$(menus)" ] || fail "the .msi made no menu entry"
products() { wine reg query 'HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall' /s /reg:64 2>/dev/null | grep -c 'DisplayName *REG_SZ *Wardlight' || true; }
[ "$(products)" -gt 0 ] || fail "the .msi is not registered for removal"
say "the .msi installed silently: $(wine "$installed\\wardctl.exe" --version | tr -d '\r')"
open
say "and its program opens a window"
closed
msi /x || fail "msiexec /x ended with $?"
[ ! -e "$programs" ] || fail "the .msi left behind: $(ls "$programs")"
[ -z "$(menus)" ] || fail "the .msi left behind: $(menus)"
[ "$(products)" = 0 ] || fail "the .msi left its registration behind"
say "the .msi removed silently, nothing left behind"
