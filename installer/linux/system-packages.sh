#!/bin/sh
# Brings in the system packages that SchoolSafe needs, or says the one line to run.
#
#   system-packages.sh [GROUP …]      groups: python offscreen screen fonts test freeze
#
# Without a group: python, offscreen and fonts, and screen where a display is set. The lists stand beside this
# file, one package a line. Prints nothing when all is there. Exit 0: all there; 1: something is missing and may
# not be installed from here; 2: unknown group.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
python=${PYTHON:-python3}

if [ $# -eq 0 ]; then
  set -- python offscreen fonts
  if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then set -- "$@" screen; fi
fi

say() { printf '%s\n' "$*" >&2; }

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]; }

# The first of a|b that is installed; else the first that apt knows; else the first.
choose() {
  first=${1%%|*}
  for each in $(printf '%s' "$1" | tr '|' ' '); do
    if installed "$each"; then return 0; fi
  done
  for each in $(printf '%s' "$1" | tr '|' ' '); do
    if [ -n "$(apt-cache madison "$each" 2>/dev/null)" ]; then
      missing="$missing $each"
      return 0
    fi
  done
  missing="$missing $first"
}

# Python can make environments only with ensurepip, which Debian keeps in a package of its own.
choose_python() {
  if ! command -v "$python" >/dev/null 2>&1; then
    missing="$missing python3 python3-venv"
  elif ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "SchoolSafe needs Python 3.11 or newer; $("$python" --version 2>&1) was found."
    say "Set PYTHON to a newer one: make demo PYTHON=python3.12"
    exit 1
  elif ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
    missing="$missing python3-venv"
  fi
}

find_missing() {
  missing=''
  for group in "$@"; do
    if [ "$group" = python ]; then
      choose_python
      continue
    fi
    list=$here/packages-$group.txt
    if [ ! -f "$list" ]; then
      say "There is no package list called $group."
      exit 2
    fi
    while read -r name; do
      case $name in '' | '#'*) ;; *) choose "$name" ;; esac
    done <"$list"
  done
}

if ! command -v dpkg-query >/dev/null 2>&1; then
  say "This is not a Debian-like system: bring in the libraries listed in installer/linux yourself."
  exit 0
fi

find_missing "$@"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=''
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  as_root='sudo -n'
else
  as_root=none
fi

line="apt-get update && apt-get install -y --no-install-recommends$missing"
if [ "$as_root" != none ] && command -v apt-get >/dev/null 2>&1; then
  say "Installing:$missing"
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086  # the words are package names
  if $as_root apt-get update -qq >&2; then
    find_missing "$@"
    $as_root apt-get install -y -qq --no-install-recommends $missing >&2 || true
  fi
  find_missing "$@"
  [ -n "$missing" ] || exit 0
  line="apt-get update && apt-get install -y --no-install-recommends$missing"
fi
say "Some system packages are missing. Run this line, then try again:"
say "sudo sh -c '$line'"
exit 1
