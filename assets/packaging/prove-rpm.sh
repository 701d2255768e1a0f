#!/bin/sh
# prove-rpm.sh RPM: checks the package's digests and what it requires, installs it
# into an empty root without scripts or dependencies (Debian has no others to
# offer), runs what it brought, removes it and looks for anything left behind.
# Needs root and Debian's rpm. It is not seen on Fedora or openSUSE themselves.
set -eu
[ $# = 1 ] || { echo "usage: $0 RPM" >&2; exit 2; }
[ "$(id -u)" = 0 ] || { echo "$0: needs root for chroot" >&2; exit 1; }
package=$1
root=$(mktemp -d /tmp/prove-rpm.XXXXXX)
begin=$(date +%s)
say() { echo "prove-rpm: $(($(date +%s) - begin)) s: $*"; }
fail() { echo "prove-rpm: $*" >&2; exit 1; }
finish() {
	status=$?
	rm -rf "$root"
	if [ $status = 0 ]; then say passed; else say FAILED; fi
	exit $status
}
trap finish EXIT
trap 'exit 1' INT TERM
# Without the host's own database, and quiet about being root.
ask() { rpm --dbpath "$root/db" "$@" 2>"$root/said" || { cat "$root/said" >&2; return 1; }; }

ask -K "$package"
[ -z "$(ask -qp --scripts "$package")" ] || fail "has scripts; this one needs none"
[ "$(ask -qp --qf '%{BUILDHOST}' "$package")" = localhost ] || fail "names the machine that built it"
for f in /usr/share/licenses/wardlight/LICENSE /usr/share/man/man1/wardlight.1.gz /usr/share/man/man1/wardctl.1.gz; do
	ask -qlp "$package" | grep -qxF "$f" || fail "lacks $f"
done

mkdir "$root/system"
ask --root "$root/system" -i --nodeps "$package"
ask --root "$root/system" -V --nodeps wardlight || fail "differs from what was packed"

# Every library that the programs are linked with is required; those that the
# toolkit loads by name cannot be seen here and are held by the .deb's proof.
ask -qp --requires "$package" >"$root/requires"
for program in wardlight wardctl; do
	for lib in $(objdump -p "$root/system/usr/bin/$program" | sed -n 's/^ *NEEDED *//p'); do
		case $lib in
		libc.so.6 | ld-linux-*) pattern='^libc\.so\.6(' ;;
		libm.so.6 | libpthread.so.0 | libdl.so.2 | libresolv.so.2 | librt.so.1) pattern='^libc\.so\.6(' ;; # glibc's
		*) pattern="^$(echo "$lib" | sed 's/\./\\./g')()(64bit)" ;;
		esac
		grep -q "$pattern" "$root/requires" || fail "$program needs $lib, the package does not say so"
	done
	newest=$(objdump -T "$root/system/usr/bin/$program" | sed -n 's/.*(GLIBC_\([0-9.]*\)).*/\1/p' | sort -uV | tail -n 1)
	asked=$(sed -n 's/^libc\.so\.6(GLIBC_\([0-9.]*\)).*/\1/p' "$root/requires")
	[ "$(printf '%s\n%s\n' "$newest" "$asked" | sort -V | tail -n 1)" = "$asked" ] ||
		fail "$program needs glibc $newest, the package asks for $asked"
done
say "requires what the programs need: $(tr '\n' ' ' <"$root/requires")"
version=$("$root/system/usr/bin/wardctl" --version)
say "$version, installed $(du -sh "$root/system/usr" | cut -f1)"

ask --root "$root/system" -e wardlight
left=$(find "$root/system" -name '*wardlight*' -o -name '*wardctl*')
[ -z "$left" ] || fail "left behind: $left"
say "removed, nothing left behind"
