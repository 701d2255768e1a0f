#!/bin/sh
# Installs what Wardlight needs from Debian's or Ubuntu's own archive, and only
# what is missing. Safe to run again; quiet when there is nothing to do.
#
#   debian.sh run       build the station and run the one-machine demo
#   debian.sh test      the above, and run every test
#   debian.sh packages  the above, and build and prove the installers
#   debian.sh -n ...    say what is missing, install nothing (exit 1 if something is)
#
# The package redis-server also starts a Redis service on 127.0.0.1:6379.
# Wardlight does not use that one: the demo and the tests start their own. Stop it
# with "systemctl disable --now redis-server" if nothing else needs it.
set -eu

usage() {
	echo "usage: $0 [-n] run|test|packages" >&2
	exit 2
}

install=yes
if [ "${1:-}" = -n ]; then
	install=no
	shift
fi
purpose=${1:-run}

# Built against: C compiler, OpenGL, X11 and Wayland headers. This is the part of
# xorg-dev that is needed.
build="gcc libc6-dev make pkg-config libgl-dev libgles-dev libegl-dev libx11-dev libxcursor-dev
	libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev libxkbcommon-dev"
# Run with: OpenGL in software, Redis, and a private desktop where there is none.
run="libgl1 libgl1-mesa-dri ca-certificates redis-server xvfb openbox dbus gnome-keyring dunst"
# Tests that act as a user would, and look at what a user sees.
test="git postgresql redis-tools xdotool x11-utils x11-xserver-utils imagemagick libsecret-tools gcr procps shellcheck
	pulseaudio pulseaudio-utils slapd"
# Installers: Windows cross-compiler and installer maker, and what proves each.
packages="gcc-mingw-w64-x86-64 nsis wixl msitools osslsigncode debootstrap lintian rpm appstream desktop-file-utils
	sqlite3 xz-utils"

case $purpose in
run) want="$build $run" ;;
test) want="$build $run $test" ;;
packages) want="$build $run $test $packages" ;;
*) usage ;;
esac

# --- Go ----------------------------------------------------------------------

root=$(cd "$(dirname "$0")/../.." && pwd)
need=$(sed -n 's/^go \([0-9.]*\)$/\1/p' "$root/go.mod")

# at_least HAVE NEED: whether version HAVE is NEED or newer.
at_least() {
	[ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

go_advice() {
	cat >&2 <<EOF
$1
Install Go $need or newer from https://go.dev/dl/ :

    curl -fLO https://go.dev/dl/go$need.linux-$(go_arch).tar.gz
    sudo rm -rf /usr/local/go
    sudo tar -C /usr/local -xzf go$need.linux-$(go_arch).tar.gz
    export PATH=\$PATH:/usr/local/go/bin

EOF
}

go_arch() {
	case $(uname -m) in
	x86_64) echo amd64 ;;
	aarch64) echo arm64 ;;
	armv*) echo armv6l ;;
	*) uname -m ;;
	esac
}

check_go() {
	if ! command -v go >/dev/null 2>&1; then
		go_advice "Go is not installed (or not in PATH)."
		return 1
	fi
	have=$(GOTOOLCHAIN=local GOFLAGS='' go env GOVERSION 2>/dev/null | sed 's/^go\([0-9.]*\).*/\1/')
	if [ -n "$have" ] && at_least "$have" "$need"; then
		return 0
	fi
	# From 1.21 on, Go fetches the version that go.mod asks for by itself.
	if [ -n "$have" ] && at_least "$have" 1.21 && [ "$(cd / && go env GOTOOLCHAIN)" != local ]; then
		return 0
	fi
	go_advice "Go ${have:-of an unknown version} is too old: go.mod asks for $need."
	return 1
}

# --- packages ----------------------------------------------------------------

if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
	{
		echo "This is no Debian or Ubuntu. To $purpose Wardlight, install what these packages hold:"
		for p in $want; do echo "    $p"; done
	} >&2
	check_go || true
	exit 1
fi

missing=
for p in $want; do
	# "installed" is the state; a name may also be provided by another package.
	state=$(dpkg-query -W -f '${db:Status-Status}\n' "$p" 2>/dev/null | sort -u | head -n 1)
	[ "$state" = installed ] || missing="$missing $p"
done

status=0
if [ -n "$missing" ]; then
	if [ $install = no ]; then
		echo "Missing:$missing" >&2
		status=1
	else
		as_root=
		if [ "$(id -u)" != 0 ]; then
			if ! command -v sudo >/dev/null 2>&1; then
				echo "Missing:$missing" >&2
				echo "Install them as root: apt-get install --no-install-recommends$missing" >&2
				exit 1
			fi
			as_root=sudo
		fi
		echo "Installing:$missing"
		export DEBIAN_FRONTEND=noninteractive
		log=$(mktemp)
		trap 'rm -f "$log"' EXIT
		# shellcheck disable=SC2086 # both are lists of words
		if ! { $as_root apt-get -qq update && $as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get -qq -y install --no-install-recommends $missing; } >"$log" 2>&1; then
			cat "$log" >&2
			echo "apt-get failed; see above." >&2
			exit 1
		fi
	fi
fi

check_go || status=1
exit $status
