#!/bin/sh
# Renders wardlight.svg to the PNG sizes the packages need (librsvg2-bin).
set -eu
cd "$(dirname "$0")"
for size in 512 256 128 64 48 32 16; do
	rsvg-convert -w "$size" -h "$size" wardlight.svg -o "wardlight-$size.png"
done
