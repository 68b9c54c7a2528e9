#!/bin/sh
# Follows the README on a fresh Debian 12 root: base system, git, nothing else. Needs root and
# debootstrap; TOCSIN_MIRROR names a Debian mirror, the machine's own sources otherwise.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
root=${1:-$(mktemp -d /var/tmp/tocsin-root.XXXXXX)}
mirror=${TOCSIN_MIRROR:-$(sed -n 's/^\(deb \(\[[^]]*\] \)\{0,1\}\|URIs: *\)\(http[^ ]*\).*/\3/p' \
    /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)}
command -v debootstrap >/dev/null || { echo "debootstrap is missing (apt-get install debootstrap)" >&2; exit 3; }
[ -x "$root/bin/sh" ] || debootstrap --variant=minbase --include=ca-certificates,git \
    bookworm "$root" "$mirror" >"$root.log" 2>&1 || { tail -n 20 "$root.log" >&2; exit 3; }
cp -r /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d /etc/apt/auth.conf.d \
    "$root/etc/apt/" 2>/dev/null || true
cp /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
rm -rf "$root/home/tocsin"
git clone -q "$source" "$root/home/tocsin"
mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t devpts devpts "$root/dev/pts" 2>/dev/null || mount --bind /dev/pts "$root/dev/pts"
trap 'umount "$root/dev/pts" "$root/dev" "$root/proc"' EXIT
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root ${http_proxy:+http_proxy="$http_proxy"} \
    ${https_proxy:+https_proxy="$https_proxy"} \
    chroot "$root" sh -c 'cd /home/tocsin && ./dev run && ./dev test'
echo "the clean root stands in $root"
