#!/bin/sh
# tarball.sh STAGE NAME DIST: packs what packages.mk built into DIST/NAME.tar.xz, in
# the order of a prefix (bin, share), with a script that puts it there and takes it
# away again. The same files give the same archive.
set -eu
stage=$1 name=$2 dist=$3
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
top=$work/$name
put() { install -D -m "$1" "$2" "$top/$3"; }

put 755 "$stage/wardlight" bin/wardlight
put 755 "$stage/wardctl" bin/wardctl
put 644 "$here/io.github.wardlight.Wardlight.desktop" share/applications/io.github.wardlight.Wardlight.desktop
sed -i 's,=/usr/bin/,=,' "$top/share/applications/io.github.wardlight.Wardlight.desktop" # wherever it is put
put 644 "$here/io.github.wardlight.Wardlight.metainfo.xml" share/metainfo/io.github.wardlight.Wardlight.metainfo.xml
for size in 16 32 48 64 128 256 512; do
	put 644 "$root/assets/icons/wardlight-$size.png" "share/icons/hicolor/${size}x$size/apps/io.github.wardlight.Wardlight.png"
done
put 644 "$stage/wardlight.1.gz" share/man/man1/wardlight.1.gz
put 644 "$stage/wardctl.1.gz" share/man/man1/wardctl.1.gz
put 644 "$stage/wardctl.bash" share/bash-completion/completions/wardctl
put 644 "$stage/wardctl.zsh" share/zsh/site-functions/_wardctl
put 644 "$stage/wardctl.fish" share/fish/vendor_completions.d/wardctl.fish
put 644 "$root/LICENSE" share/doc/wardlight/LICENSE
put 644 "$stage/notices.gz" share/doc/wardlight/notices.gz
put 755 "$here/setup.sh" setup.sh

tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=ustar \
	-C "$work" -cf - "$name" | xz -9 -T1 >"$dist/$name.tar.xz"
