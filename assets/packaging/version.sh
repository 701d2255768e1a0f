#!/bin/sh
# Prints the version of what is in the tree: the tag's on a tagged commit
# (0.1.0), more than the tag's after it (0.1.0+3.gabc1234), 0.0.0+g... without
# one; "number" prints four figures for Windows (0.1.0.3).
set -eu
cd "$(dirname "$0")"
if described=$(git describe --tags --match 'v[0-9]*' 2>/dev/null); then
	case $described in
	*-*-g*)
		commits=${described%-g*}
		commits=${commits##*-}
		tag=${described%-"$commits"-g*}
		version=${tag#v}+$commits.g${described##*-g}
		;;
	*)
		commits=0
		version=${described#v}
		;;
	esac
else
	commits=0
	version=0.0.0+g$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
fi
case ${1:-} in
number)
	version=${2:-$version}
	plain=${version%%[-+~]*}
	echo "$plain.$commits"
	;;
*) echo "$version" ;;
esac
