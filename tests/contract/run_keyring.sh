#!/bin/bash
# Runs a command beside a real Secret Service on a machine without a screen: a private D-Bus session
# and a gnome-keyring opened with a known password, no prompt. Needs: gnome-keyring dbus.
# usage: [KEYRING_PASSWORD=…] run_keyring.sh FOLDER COMMAND…     the keyring lives in FOLDER and stays there
set -euo pipefail
folder=$1
shift
mkdir -p "$folder/run" "$folder/data"
chmod 700 "$folder/run" "$folder/data"
export XDG_RUNTIME_DIR="$folder/run" XDG_DATA_HOME="$folder/data" XDG_CURRENT_DESKTOP=GNOME
exec dbus-run-session -- bash -c '
  printf "%s" "${KEYRING_PASSWORD:-for-tests-only}" |
    gnome-keyring-daemon --daemonize --unlock --components=secrets >/dev/null
  "$@"' _ "$@"
