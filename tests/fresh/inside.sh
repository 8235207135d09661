#!/usr/bin/env bash
# What tests/fresh/roots.sh does in a bare root: the Makefile's targets in their order, each with its time.
# `run` is served, asked, and stopped as by Ctrl+C; nothing may be left running. `run-alone` is the same without apt.
set -euo pipefail
set -m # each job is a process group, and may be interrupted as from a keyboard
cd "$(dirname "$0")/../.."

serve_and_stop() {
  local port portal
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  make run PORT="$port" &
  portal=$!
  until answers "$port" /healthz 2>/dev/null; do
    kill -0 "$portal" 2>/dev/null || { echo "make run ended before it served."; exit 1; }
    sleep 0.5
  done
  echo "make run serves after $SECONDS s"
  answers "$port" /
  kill -INT -- "-$portal"
  wait "$portal" || true
  nothing_runs
}

# Do something on a machine that has no apt, and forget what it made.
alone() {
  mv /usr/bin/apt-get /usr/bin/no-apt-get
  "$@"
  mv /usr/bin/no-apt-get /usr/bin/apt-get
  make clean
}

# Whether 127.0.0.1:$1 answers a GET of $2 with 200.
answers() {
  python3 -c '
import sys, urllib.request
assert urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}{sys.argv[2]}", timeout=30).status == 200' "$@"
}

nothing_runs() {
  local left
  left=$(for one in /proc/[0-9]*; do
    # Ourselves and the subshell of this list aside; what has ended has no command line.
    case ${one#/proc/} in "$$" | "$BASHPID") continue ;; esac
    tr '\0' ' ' <"$one/cmdline" 2>/dev/null | grep . || true
  done)
  [ -z "$left" ] || { printf 'Left running:\n%s\n' "$left"; exit 1; }
}

for target; do
  echo "-- make $target"
  SECONDS=0
  case $target in
    run) serve_and_stop ;;
    run-alone) alone serve_and_stop ;;
    *) make --keep-going "$target" ;;
  esac
  echo "-- make $target: $SECONDS s"
done
