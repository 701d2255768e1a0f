#!/bin/sh
# changelog.sh VERSION EPOCH: prints the Debian changelog of a package. What
# changed is told by CHANGELOG.md and the releases page.
set -eu
cat <<EOF
wardlight ($1) stable; urgency=medium

  * Release $1. See https://github.com/wardlight/wardlight/releases

 -- The Wardlight authors <wardlight@users.noreply.github.com>  $(LC_ALL=C date -u -R -d "@$2")
EOF
