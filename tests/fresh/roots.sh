#!/usr/bin/env bash
# The portal on a machine that has nothing: bare Debian 12 and 13, in which `make run` is the first command.
#
#   make test-fresh                                 both releases
#   make test-fresh FRESH=trixie                    one of them
#   make test-fresh FRESH_TARGETS="run test"        all checks in place of the fast ones; any targets of the Makefile
#   make test-fresh FRESH_TARGETS=run-alone         is the portal served without any of its system packages
#
# Needs root and debootstrap. A bare root holds Debian's base and python3, python3-venv, make and git, then this working
# tree without what git ignores. Mirror and pip's settings are this machine's. tests/fresh/inside.sh does the rest there.
#
# Each run unpacks its own root in var/fresh; what debootstrap made is kept there for a week. Mounts and processes live
# in namespaces of their own, which end with this script in whatever way it ends.
set -euo pipefail
cd "$(dirname "$0")/../.."

releases=${FRESH:-bookworm trixie}
targets=${FRESH_TARGETS:-run fast}
folder=$PWD/var/fresh

main() {
  [ "$(id -u)" = 0 ] || { echo "Bare roots need root."; exit 1; }
  command -v debootstrap >/dev/null || { echo "debootstrap is missing: apt-get install debootstrap"; exit 1; }
  mkdir -p "$folder"
  trap clean_up EXIT
  trap 'exit 130' INT TERM HUP
  for release in $releases; do
    root=$(mktemp -d "$folder/$release.XXXXXX")
    make_bare_system
    tar -xf "$folder/$release.tar" -C "$root"
    chmod 755 "$root" # PostgreSQL's user goes in too
    add_settings_of_apt
    add_settings_of_pip
    add_working_tree
    echo "== $release: $targets"
    enter
    clean_up
  done
}

# Run a command with mounts and processes of its own. In the background, for bash obeys a signal only while it waits.
apart() {
  unshare --mount --pid --ipc --fork --kill-child "$@" </dev/null &
  wait $!
}

clean_up() {
  jobs -p | xargs -r kill -KILL 2>/dev/null || true # and with its first process ends all that is in a namespace
  wait || true
  [ -z "${root:-}" ] || rm -rf --one-file-system "$root" || { sleep 2 && rm -rf --one-file-system "$root"; }
  root=
}

make_bare_system() {
  local tar=$folder/$release.tar mirror
  if [ -n "$(find "$tar" -mtime -7 2>/dev/null)" ]; then return; fi
  mirror=$(repository Debian)
  echo "== $release: debootstrap"
  eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
  export http_proxy
  # Without a mirror debootstrap knows one itself.
  apart debootstrap --variant=minbase --include=python3,python3-venv,make,git "$release" "$root" ${mirror:+"$mirror"} \
    >"$folder/$release.log" || { tail -n 20 "$folder/$release.log"; exit 1; }
  tar -cf "$tar.new" -C "$root" .
  mv "$tar.new" "$tar"
}

# The address from which this machine's apt takes what has the label $1.
repository() {
  # shellcheck disable=SC2016 # the dollar is apt's
  apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' "Label: $1" | head -n 1
}

add_settings_of_apt() {
  local security
  security=$(repository Debian-Security)
  if [ -n "$security" ]; then
    echo "deb $security $release-security main" >>"$root/etc/apt/sources.list"
  fi
  apt-config dump | grep -E '^Acquire::(http|https|Retries|Check-)' >"$root/etc/apt/apt.conf.d/80fresh" || true
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
}

# Pip's variables and files, the certificates, and whatever lies on this machine that they name.
add_settings_of_pip() {
  local files=() path
  mapfile -t variables < <(env | grep -E '^(PIP_|SSL_CERT_|REQUESTS_CA_BUNDLE=|(https?|no|all)_proxy=)')
  mapfile -t files < <(find /etc/pip.conf /etc/xdg/pip ~/.config/pip ~/.pip -type f 2>/dev/null)
  shared=()
  for path in "${files[@]}" /usr/local/share/ca-certificates/*.crt $(paths_in "${variables[@]#*=}" "${files[@]/#/@}"); do
    if [ -d "$path" ] && [ ! -e "$root$path" ]; then
      mkdir -p "$root$path"
      shared+=("$path")
    elif [ -f "$path" ]; then
      install -D -m 644 "$path" "$root$path"
    fi
  done
}

# The paths in texts, and in files that are given as @FILE. An index in a folder `simple` leads to files beside it.
paths_in() {
  local text
  for text; do
    case $text in @*) cat "${text#@}" ;; *) echo "$text" ;; esac
  done | sed 's#file://##g' | tr " ,='\"" '\n' | grep '^/' | sed 's#/simple/\?$##' | sort -u
}

add_working_tree() {
  mkdir "$root/srv/portal"
  git ls-files -z --cached --others --exclude-standard --deduplicate |
    tar -c --null -T - --ignore-failed-read | tar -x --no-same-owner -C "$root/srv/portal"
}

# Let inside.sh run in the root.
enter() {
  # shellcheck disable=SC2016 # the inner shell's own variables
  apart bash -euc '
    root=$1; targets=$2; shift 2
    while [ "$1" != -- ]; do mount --bind -o ro "$1" "$root$1"; shift; done
    shift
    mount -t proc proc "$root/proc"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts"
    exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@" \
      chroot "$root" bash /srv/portal/tests/fresh/inside.sh $targets
  ' bash "$root" "$targets" "${shared[@]}" -- "${variables[@]}"
}

main
exit
