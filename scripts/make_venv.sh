#!/bin/sh
# Make the virtual environment with the first Python that runs and is 3.12 or newer.
# Each candidate is executed: a name on the PATH may be a shim that leads nowhere.
set -u
venv=$1

candidates="python3.14 python3.13 python3.12 python3"
for root in "${PYENV_ROOT:-$HOME/.pyenv}"; do
    for python in "$root"/versions/3.1[2-9]*/bin/python; do
        [ -x "$python" ] && candidates="$candidates $python"
    done
done

for python in $candidates; do
    if "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
        echo "Making a virtual environment with $("$python" --version) …"
        rm -rf "$venv" && "$python" -m venv "$venv" && exit 0
        rm -rf "$venv"
    fi
done

echo "No Python 3.12 or newer was found (tried: $candidates)." >&2
echo "Install one: 'apt-get install python3.12 python3.12-venv', 'pyenv install 3.13', or python.org." >&2
exit 1
