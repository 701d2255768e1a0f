#!/bin/sh
# prove-deb.sh DEB [SHOTS]: installs the package into a bare Debian, starts the
# station as a desktop would (the Exec line of its desktop entry), waits for its
# window, takes a picture into SHOTS (dist), removes the package and looks for
# anything left behind. Needs root, debootstrap, Xvfb, openbox, xdotool and
# ImageMagick. The bare system is kept in $BASE for the next run.
set -eu
[ $# -ge 1 ] || { echo "usage: $0 DEB [SHOTS]" >&2; exit 2; }
[ "$(id -u)" = 0 ] || { echo "$0: needs root for chroot" >&2; exit 1; }
deb=$1
shots=${2:-dist}
suite=${SUITE:-bookworm}
base=${BASE:-/var/cache/wardlight-prove/$suite}
# Whatever mirror this machine uses.
mirror=${MIRROR:-$(sed -n 's/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p; s/^URIs: *\([^ ]*\).*/\1/p' \
	/etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)}

say() { echo "prove-deb: $(($(date +%s) - begin)) s: $*"; }
begin=$(date +%s)
mkdir -p "$shots"

if [ ! -e "$base/.complete" ]; then
	rm -rf "$base"
	mkdir -p "$base"
	debootstrap --variant=minbase "$suite" "$base" "${mirror:-http://deb.debian.org/debian}" >"$base.log" 2>&1 ||
		{ tail -n 20 "$base.log" >&2; exit 1; }
	# The host's way to its mirror, proxies and certificates included.
	cp /etc/apt/apt.conf.d/*proxy* "$base/etc/apt/apt.conf.d/" 2>/dev/null || true
	chroot "$base" apt-get -qq update
	touch "$base/.complete"
	say "bare $suite made"
fi

root=$(mktemp -d /tmp/prove-deb.XXXXXX)
cp -a "$base/." "$root/"
xvfb='' wm='' app=''
finish() {
	status=$?
	for p in $app $wm $xvfb; do kill "$p" 2>/dev/null || true; done
	for m in tmp/.X11-unix dev proc; do
		mountpoint -q "$root/$m" && umount "$root/$m"
	done
	# Never across a mount that is still there.
	rm -rf --one-file-system "$root"
	if [ $status = 0 ]; then say passed; else say FAILED; fi
	exit $status
}
trap finish EXIT
trap 'exit 1' INT TERM

# The state before, to compare with after.
listing() { (cd "$root" && find etc usr opt srv home root var/lib -xdev ! -path 'var/lib/apt/*' ! -path 'var/lib/dpkg/*' | sort); }

mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mkdir -p "$root/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"

cp "$deb" "$root/tmp/wardlight.deb"
# What it depends on first, so that the comparison sees the package alone.
depends=$(dpkg-deb -f "$deb" Depends | sed 's/([^)]*)//g; s/,/ /g')
# shellcheck disable=SC2086 # a list of words; the driver is what a PC without a GPU has
chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends $depends libgl1-mesa-dri >"$root/tmp/apt.log" 2>&1 ||
	{ tail -n 20 "$root/tmp/apt.log" >&2; exit 1; }
listing >"$root/tmp/before"
chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends /tmp/wardlight.deb >"$root/tmp/apt.log" 2>&1 ||
	{ tail -n 20 "$root/tmp/apt.log" >&2; exit 1; }
say "installed: $(chroot "$root" dpkg-query -W wardlight)"
chroot "$root" /usr/bin/wardctl --help >/dev/null
say "wardctl runs"

# A display of its own.
number=$root/tmp/display
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$number" 2>/dev/null &
xvfb=$!
tries=0
until [ -s "$number" ]; do
	tries=$((tries + 1))
	[ $tries -lt 100 ] || { echo "Xvfb did not start" >&2; exit 1; }
	sleep 0.05
done
DISPLAY=:$(cat "$number")
export DISPLAY
openbox --sm-disable >/dev/null 2>&1 &
wm=$!

# As a desktop does: the Exec line, its field codes taken out, as a plain user.
line=$(sed -n 's/^Exec=//p' "$root/usr/share/applications/io.github.wardlight.Wardlight.desktop" | sed 's/ *%[a-zA-Z]//g')
chroot "$root" useradd -m nurse
chroot --userspec=nurse:nurse "$root" env -i HOME=/home/nurse PATH=/usr/bin:/bin DISPLAY="$DISPLAY" \
	LANG=en_US.UTF-8 LC_CTYPE=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1 sh -c "exec $line" >"$root/tmp/app.log" 2>&1 &
app=$!
tries=0
until window=$(xdotool search --onlyvisible --name '^Wardlight' 2>/dev/null | head -n 1) && [ -n "$window" ]; do
	tries=$((tries + 1))
	if [ $tries -ge 200 ] || ! kill -0 "$app" 2>/dev/null; then
		echo "no window appeared:" >&2
		cat "$root/tmp/app.log" >&2
		exit 1
	fi
	sleep 0.1
done
say "window $window from \"$line\""
sleep 2 # for the first frames; a picture, not a check
import -window root "$shots/prove-deb.png"
say "picture in $shots/prove-deb.png"
kill "$app"
wait "$app" 2>/dev/null || true
app=''

chroot "$root" userdel -r nurse 2>/dev/null
chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y purge wardlight >"$root/tmp/apt.log" 2>&1
listing >"$root/tmp/after"
# Files that apt and useradd themselves write at every run.
if diff "$root/tmp/before" "$root/tmp/after" | grep '^>' | grep -vE '^> (etc/(passwd|shadow|group|gshadow|subuid|subgid)-|var/lib/systemd)'; then
	echo "left behind, see above" >&2
	exit 1
fi
say "removed, nothing left behind"
