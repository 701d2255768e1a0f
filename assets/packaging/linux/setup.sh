#!/bin/sh
# setup.sh install|remove [PREFIX]: puts Wardlight below PREFIX (/usr/local), or takes
# away what it put there. Asks nothing. Removal leaves people's own files in their
# homes and their secrets in their keyrings.
#
# Needs glibc 2.34, libGL, libX11, libXcursor, libXi, libXinerama, libXrandr,
# libwayland-client and libxkbcommon, which no archive can ask for: see `ldd`.
set -eu
prefix=${2:-/usr/local}
cd "$(dirname "$0")"
case ${1:-} in
install)
	find bin share -type f | while read -r file; do
		mkdir -p "$prefix/${file%/*}"
		cp "$file" "$prefix/$file.new" # a running program keeps the file it began with
		mv "$prefix/$file.new" "$prefix/$file"
	done
	;;
remove)
	find bin share -type f | while read -r file; do rm -f "$prefix/$file"; done
	rmdir "$prefix/share/doc/wardlight" 2>/dev/null || true
	;;
*)
	echo "usage: $0 install|remove [PREFIX]" >&2
	exit 2
	;;
esac
