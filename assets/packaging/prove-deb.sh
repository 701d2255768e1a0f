#!/bin/sh
# prove-deb.sh DEB [SHOTS]: checks the package (lintian, manuals), installs it into
# a bare Debian with what apt says it depends on, starts the station as a desktop
# would (the Exec line of its desktop entry) and waits for its window: once with
# nothing (no session bus, no keyring, no ward), once with a keyring and the
# demonstration ward, where a nurse then signs in. Pictures go into SHOTS
# (dist/proofs). Purges the package and looks for anything left behind. Needs root,
# debootstrap, lintian, Xvfb, openbox, xdotool and ImageMagick. The bare system is
# kept in $BASE for the next run; the copy that is worked on is not.
# shellcheck disable=SC2016 # dpkg-query fills in its own fields
set -eu
[ $# -ge 1 ] || { echo "usage: $0 DEB [SHOTS]" >&2; exit 2; }
[ "$(id -u)" = 0 ] || { echo "$0: needs root for chroot" >&2; exit 1; }
# Mounts and processes of its own: none outlives the script.
[ "$$" = 1 ] || exec unshare --mount --pid --fork --kill-child "$0" "$@"
deb=$1
shots=${2:-dist/proofs}
suite=${SUITE:-bookworm}
base=${BASE:-/var/cache/wardlight-prove/$suite}
# Whatever mirror this machine uses.
mirror=${MIRROR:-$(sed -n 's/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p; s/^URIs: *\([^ ]*\).*/\1/p' \
	/etc/apt/sources.list /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1)}

begin=$(date +%s)
say() { echo "prove-deb: $(($(date +%s) - begin)) s: $*"; }
fail() { echo "prove-deb: $*" >&2; exit 1; }
mkdir -p "$shots"

# Lintian's own complaint that it runs as root is none about the package.
tags=$(lintian --allow-root --pedantic "$deb" 2>&1 | grep -v '^running with root') || true
[ -z "$tags" ] || fail "lintian: $tags"
say "lintian has nothing to say"

if [ ! -e "$base/.complete" ]; then
	rm -rf "$base"
	mkdir -p "$base"
	debootstrap --variant=minbase "$suite" "$base" ${mirror:+"$mirror"} >"$base.log" 2>&1 ||
		{ tail -n 20 "$base.log" >&2; exit 1; }
	# The host's way to its mirror, proxies and certificates included.
	cp /etc/apt/apt.conf.d/*proxy* "$base/etc/apt/apt.conf.d/" 2>/dev/null || true
	chroot "$base" apt-get -qq update
	touch "$base/.complete"
	say "bare $suite made"
fi

root=$(mktemp -d /tmp/prove-deb.XXXXXX)
cp -a "$base/." "$root/"
finish() {
	status=$?
	# Lazily: what still runs in there ends with this script.
	for m in tmp/.X11-unix dev proc; do
		mountpoint -q "$root/$m" && umount -l "$root/$m"
	done
	rm -rf --one-file-system "$root"
	if [ $status = 0 ]; then say passed; else say FAILED; fi
	exit $status
}
trap finish EXIT
trap 'exit 1' INT TERM

apt() {
	chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends "$@" >"$root/tmp/apt.log" 2>&1 ||
		{ tail -n 20 "$root/tmp/apt.log" >&2; fail "apt-get $1"; }
}
# The state before, to compare with after.
listing() { (cd "$root" && find etc usr opt srv home root var -xdev ! -path 'var/lib/apt/*' ! -path 'var/lib/dpkg/*' \
	! -path 'var/cache/*' ! -path 'var/log/*' | sort); }

mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mkdir -p "$root/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"

cp "$deb" "$root/tmp/wardlight.deb"
listing >"$root/tmp/before"
# Nothing but what the package itself depends on, which is apt's to find; the
# driver is what a PC without a GPU has.
apt install /tmp/wardlight.deb libgl1-mesa-dri
say "installed: $(chroot "$root" dpkg-query -W wardlight), $(chroot "$root" dpkg-query -W -f '.' | wc -c) packages in all"
chroot "$root" dpkg --verify wardlight
version=$(chroot "$root" /usr/bin/wardctl --version)
[ "$(chroot "$root" /usr/bin/wardlight --version)" = "wardlight ${version#wardctl version }" ] || fail "the programs' versions differ"
# A manual that forgets a flag.
chroot "$root" /usr/bin/wardlight -h 2>&1 | sed -n 's/^  -\([a-z-]*\).*/\1/p' >"$root/tmp/flags"
[ -s "$root/tmp/flags" ] || fail "wardlight -h shows no flags"
while read -r flag; do
	zcat "$root/usr/share/man/man1/wardlight.1.gz" | grep -qF "\\-\\-$flag\\fR" || fail "wardlight(1) does not tell of --$flag"
done <"$root/tmp/flags"
say "$version; the manual tells its $(wc -l <"$root/tmp/flags") flags"

# A display of its own.
number=$root/tmp/display
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$number" 2>/dev/null &
tries=0
until [ -s "$number" ]; do
	tries=$((tries + 1))
	[ $tries -lt 100 ] || fail "Xvfb did not start"
	sleep 0.05
done
DISPLAY=:$(cat "$number")
export DISPLAY
openbox --sm-disable >/dev/null 2>&1 &

# As a desktop does: the Exec line, its field codes taken out, as a plain user.
chroot "$root" useradd -m nurse
line=$(sed -n 's/^Exec=//p' "$root/usr/share/applications/io.github.wardlight.Wardlight.desktop" | sed 's/ *%[a-zA-Z]//g')
as_nurse() {
	chroot --userspec=nurse:nurse "$root" env -i HOME=/home/nurse PATH=/usr/bin:/bin "$@"
}
log=$root/tmp/app.log
# shellcheck source-path=SCRIPTDIR source=window.sh
. "$(dirname "$0")/window.sh"
# desktop COMMAND: opens the station and waits for its window.
desktop() {
	as_nurse DISPLAY="$DISPLAY" LANG=en_US.UTF-8 LC_CTYPE=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1 \
		sh -c "$1" >"$log" 2>&1 &
	app=$!
	appears 200
}

desktop "exec $line"
say "window from \"$line\": no bus, no keyring, no ward"
picture deb-bare
closed

apt purge --auto-remove wardlight libgl1-mesa-dri
listing >"$root/tmp/after"
# Files that useradd and the system's own triggers write, and the user's.
if diff "$root/tmp/before" "$root/tmp/after" | grep '^[<>]' |
	grep -vE '^> (etc/(passwd|shadow|group|gshadow|subuid|subgid)-|home/nurse(/.*)?|var/mail/nurse)$'; then
	fail "left behind or taken along, see above"
fi
say "purged with its dependencies, nothing left behind"

# With a keyring, as at a desktop, and a ward; a nurse signs in.
apt install /tmp/wardlight.deb libgl1-mesa-dri dbus gnome-keyring
chroot "$root" dpkg -L wardlight | grep -E '^/usr/.*(wardlight|wardctl)' >"$root/tmp/files"
site=/home/nurse/.config/wardlight
as_nurse wardctl --data $site seed demo >"$root/tmp/seed.log"
desktop "exec dbus-run-session -- sh -c 'printf %s proof | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec $line'"
say "window with a keyring and the demonstration ward"
picture deb-signin
# The field for the ID has the focus; the password of the demonstration is public.
xdotool windowfocus --sync "$window" type --delay 20 achen
xdotool key Return type --delay 20 wardlight-demo
xdotool key Return
tries=0
until as_nurse wardctl --data $site audit export 2>/dev/null | grep '"actor":"achen"' | grep '"action":"sign-in"' | grep -q '"outcome":"done"'; do
	tries=$((tries + 1))
	if [ $tries -ge 100 ]; then
		import -window root "$shots/deb-failed.png"
		fail "the nurse could not sign in, see $shots/deb-failed.png"
	fi
	sleep 0.1
done
say "signed in, as the audit trail tells"
picture deb-board
closed

say "in the user's home, theirs to keep: $(cd "$root/home/nurse" && find .config .local -type f | sort | tr '\n' ' ')"
apt purge wardlight
while read -r file; do
	[ ! -e "$root$file" ] || fail "left behind: $file"
done <"$root/tmp/files"
left=$(find "$root" -xdev -path "$root/home" -prune -o -path "$root/tmp" -prune -o \( -name '*ardlight*' -o -name '*wardctl*' \) -print)
[ -z "$left" ] || fail "left behind: $left"
say "purged after use, nothing left behind outside the user's home"
