#!/bin/sh
# build-deb.sh FROZEN_FOLDER VERSION OUT_FOLDER [xz|zstd]
# Packs the frozen program into OUT_FOLDER/schoolsafe_VERSION_ARCH.deb; the same input gives the same bytes.
set -eu
frozen=$1 version=$2 out=$3 pressed=${4:-xz}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
id=uk.org.schoolsafe.SchoolSafe
arch=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$here" log -1 --format=%ct 2>/dev/null || echo 1700000000)}
export SOURCE_DATE_EPOCH

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 755 "$tree"
share=$tree/usr/share
install -d "$tree/DEBIAN" "$tree/opt" "$tree/usr/bin" "$share/doc/schoolsafe"
cp -R "$frozen" "$tree/opt/schoolsafe"
ln -s /opt/schoolsafe/schoolsafe "$tree/usr/bin/schoolsafe"
install -Dm644 "$here/$id.desktop" "$share/applications/$id.desktop"
install -Dm644 "$here/$id.metainfo.xml" "$share/metainfo/$id.metainfo.xml"
install -Dm644 "$here/$id.mime.xml" "$share/mime/packages/$id.xml"
install -Dm644 "$here/icons/$id.svg" "$share/icons/hicolor/scalable/apps/$id.svg"
install -m644 "$here/../../LICENSE" "$share/doc/schoolsafe/copyright"
size=$(du -sk "$tree/opt" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$size/" "$here/control.in" >"$tree/DEBIAN/control"

chmod -R u+w,go-w,a+rX "$tree"
find "$tree" -newermt "@$SOURCE_DATE_EPOCH" -print0 | xargs -0r touch -h -d "@$SOURCE_DATE_EPOCH"
mkdir -p "$out"
dpkg-deb --root-owner-group "-Z$pressed" --build "$tree" "$out/schoolsafe_${version}_$arch.deb"
