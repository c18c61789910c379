#!/bin/bash
# Tries the README's two commands on a bare Debian 12: debootstrap's smallest
# system with git added, and nothing else.
#
#   tools/try_fresh_debian.sh [--with-shared] [COMMAND...]
#
# Without COMMANDs: "./dev demo" and "./dev check", then both again without a
# network, which must then need none. It tries what is committed. The bare
# system takes Debian's packages from where this one does. --with-shared lays
# a read-only ../shared beside the clone. Wants root, debootstrap and ip;
# mounts live in a namespace of their own and end with it, and the folder is removed.
set -euo pipefail

if [[ -z ${DATELINE_TRY_ROOT:-} ]]; then
    ((EUID == 0)) || { echo "try_fresh_debian.sh: wants root" >&2; exit 1; }
    for program in debootstrap ip; do
        command -v "$program" >/dev/null ||
            { echo "try_fresh_debian.sh: wants $program" >&2; exit 1; }
    done
    DATELINE_TRY_ROOT=$(mktemp -d /var/tmp/dateline-debian-XXXXXX)
    chmod 755 "$DATELINE_TRY_ROOT" # users other than root live there too
    export DATELINE_TRY_ROOT
    trap 'rm -rf --one-file-system "$DATELINE_TRY_ROOT"' EXIT
    unshare --mount --pid --fork --kill-child --propagation private \
        "$0" "$@"
    exit
fi

root=$DATELINE_TRY_ROOT
source=$(cd "$(dirname "$0")/.." && pwd)
shared=${DATELINE_SHARED:-$source/../shared}
release=bookworm
with_shared=
if [[ ${1:-} == --with-shared ]]; then
    with_shared=1
    shift
fi

# Where this machine gets packages: the sources of apt, its keys, and those
# of its settings that say how to get there.
copy_apt_settings()
{
    local name

    for name in sources.list sources.list.d auth.conf.d keyrings \
        trusted.gpg.d; do
        rm -rf "${root:?}/etc/apt/$name"
        [[ ! -e /etc/apt/$name ]] || cp -a "/etc/apt/$name" "$root/etc/apt/"
    done
    apt-config dump |
        grep -E '^Acquire::(http|https|Check|Retries|ForceIP)' \
            >"$root/etc/apt/apt.conf.d/00host" || true
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
}

# inside NETWORK COMMAND: runs a command in the clone as root; NETWORK is
# "online" or "offline".
inside()
{
    local -a how=()

    # No network but the machine's own address, where the tests serve pages.
    [[ $1 == online ]] ||
        how=(unshare --net sh -c 'ip link set lo up && exec "$@"' offline)
    echo "--- $1: $2"
    "${how[@]}" env -i HOME=/root TERM="${TERM:-dumb}" LANG=C.UTF-8 \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        ${http_proxy:+http_proxy="$http_proxy"} \
        chroot "$root" bash -c "cd /root/dateline && $2" </dev/null
}

mirror=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' \
    'Identifier: Packages' | sed -n "s/^$release //p" | head -n 1)
[[ -n $mirror ]] || {
    echo "try_fresh_debian.sh: apt here has no source of $release" >&2
    exit 1
}
echo "--- debootstrap"
debootstrap --variant=minbase --include=git "$release" "$root" "$mirror" \
    >"$root.log" 2>&1 || { cat "$root.log" >&2; exit 1; }
rm -f "$root.log"
copy_apt_settings
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
git clone --quiet --no-hardlinks "$source" "$root/root/dateline"
if [[ -n $with_shared ]]; then
    mkdir "$root/root/shared"
    mount --bind "$shared" "$root/root/shared"
    mount -o remount,bind,ro "$root/root/shared"
fi
if (($#)); then
    for command in "$@"; do
        inside online "$command"
    done
else
    inside online "./dev demo"
    inside online "./dev check"
    inside offline "./dev demo >/dev/null"
    inside offline "./dev check"
fi
echo "--- all done"
