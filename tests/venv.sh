# Read by tests/run.sh and examples/run.sh, from the root of the checkout.
#
#   make_venv NAME COMMAND   makes .venvs/VERSION-NAME with $PYTHON, or python3, and runs COMMAND,
#                            which fills it, unless that was done before for the same Python,
#                            pyproject.toml and tests/constraints.txt. Sets $venv and $version.

export PIP_DISABLE_PIP_VERSION_CHECK=1

fail() {
    echo "$0: $*" >&2
    exit 2
}

make_venv() {
    python=${PYTHON:-python3}
    command -v "$python" >/dev/null || fail "no '$python' here: install Python 3.11 or later, or name one with PYTHON=…"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])') || fail "'$python' does not run"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "'$python' is Python $version: 3.11 or later is needed; name one with PYTHON=…"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "'$python' has no venv: install it (Debian, Ubuntu: apt install python3-venv)"

    venv=$PWD/.venvs/$version-$1
    stamp=$("$python" -c 'import sys; print(sys.executable, sys.version)' | cat - pyproject.toml tests/constraints.txt tests/venv.sh | cksum)
    if [ -f "$venv/stamp" ] && [ "$(cat "$venv/stamp")" = "$stamp" ]; then
        return
    fi
    echo "Making .venvs/$version-$1 …" >&2
    rm -rf "$venv"
    "$python" -m venv "$venv"
    "$2"
    echo "$stamp" >"$venv/stamp"
}

install() {
    "$venv/bin/python" -m pip install --quiet --constraint tests/constraints.txt "$@"
}
