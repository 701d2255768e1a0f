#!/bin/sh
# prove-same.sh: makes all packages of the newest commit twice, each from a clean
# clone in a folder of its own, and compares them byte by byte. Prints sizes and
# times. The clones share Go's build cache, which a first run fills in some minutes.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/prove-same.XXXXXX")
finish() {
	status=$?
	rm -rf "$work"
	if [ $status = 0 ]; then echo "prove-same: passed"; else echo "prove-same: FAILED"; fi
	exit $status
}
trap finish EXIT
trap 'exit 1' INT TERM

commit=$(git -C "$root" rev-parse HEAD) # of both, whatever is committed meanwhile
for clone in first second-with-another-name; do
	git clone -q "$root" "$work/$clone"
	git -C "$work/$clone" checkout -q --detach "$commit"
	begin=$(date +%s)
	make -s -C "$work/$clone" packages sbom >"$work/log" 2>&1 || { tail -n 40 "$work/log" >&2; exit 1; }
	echo "prove-same: $clone: $(($(date +%s) - begin)) s"
	(cd "$work/$clone/dist" && find . -maxdepth 1 -type f | sort | xargs sha256sum) >"$work/$clone.sums"
done
(cd "$work/first/dist" && find . -maxdepth 1 -type f -printf '%s %f\n' | sort -k 2 | awk '{ printf "%12d bytes  %s\n", $1, $2 }')
diff "$work/first.sums" "$work/second-with-another-name.sums" || { echo "prove-same: the two differ, see above" >&2; exit 1; }
cat "$work/first.sums"
