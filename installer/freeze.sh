#!/bin/sh
# Freezes SchoolSafe into build/dist/schoolsafe and runs its self-test there, away from this source tree.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
python=${PYTHON:-$root/.venv/bin/python}
out=$root/build

sh "$root/installer/linux/system-packages.sh" offscreen freeze
"$python" -m PyInstaller --noconfirm --clean --log-level=WARN \
  --distpath "$out/dist" --workpath "$out/work" "$root/installer/schoolsafe.spec"

# Nothing of this machine may lie in the package: no path of the builder, no bytecode that names one.
if grep -rlaF -- "$root" "$out/dist/schoolsafe" >"$out/leaks.txt" 2>/dev/null; then
  printf 'These files hold a path of this machine:\n' >&2
  cat "$out/leaks.txt" >&2
  exit 1
fi
cd /
QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} "$out/dist/schoolsafe/schoolsafe" self-test
du -sm "$out/dist/schoolsafe" | while read -r size _place; do printf '%s MiB\n' "$size"; done
