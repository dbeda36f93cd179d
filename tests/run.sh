#!/bin/sh
# Runs the tests, in an environment that it makes itself: sh tests/run.sh
#
#   sh tests/run.sh                     lint, types, tests, tests on the wheel
#   COVER=1 sh tests/run.sh             the same with coverage, which takes twice as long
#   QUICK=1 sh tests/run.sh             tests but the properties and most of tables, and on the wheel
#   sh tests/run.sh -m spark            all tests of Spark
#   sh tests/run.sh -k truth            pytest with these arguments alone
#   LONG=1 sh tests/run.sh              the properties alone, eighty times longer (SEED=1: other cases)
#   PYTHON=python3.13 sh tests/run.sh   another Python
set -eu
cd "$(dirname "$0")/.."
. tests/venv.sh
. tests/dmn.sh

# durable-rules is source only. On Python 3.13 one name that it uses is gone, so the
# distribution leaves it out there; with that name defined it builds.
install_durable_rules() {
    case $version in
    3.11 | 3.12) install durable-rules ;;
    *)
        CPPFLAGS="-O2 -DPyEval_CallObject=PyObject_CallObject" install durable-rules ||
            echo "durable-rules could not be built on Python $version: testing on decide alone" >&2
        ;;
    esac
}

fill() {
    install setuptools
    install_durable_rules
    install --no-build-isolation --editable '.[dev]'
    # Large, and of no use without Java: where it is not, the tests of Spark say so and are skipped.
    if [ -z "${QUICK:-}" ] && java -version >/dev/null 2>&1; then
        install pyspark
    fi
}

# What a user gets from pip, and pytest to look at it with.
fill_wheel() {
    install "$wheel"
    install pytest hypothesis
}

# From a clean copy: a build/ left in the checkout puts deleted modules into a wheel.
build_wheel() {
    copy=$scratch/copy
    mkdir "$copy"
    cp -R pyproject.toml README.md LICENSE cli engine rules "$copy"
    "$venv/bin/python" -m pip wheel --quiet --no-build-isolation --no-deps --wheel-dir "$scratch" "$copy"
    wheel=$(echo "$scratch"/tieuchi-*.whl)
}

step() {
    echo "== $*"
    "$@"
}

make_venv test fill
PATH=$venv/bin:$PATH
export PATH

if [ -n "${LONG:-}" ]; then
    seed=${SEED:-20261124}
    echo "== properties, seed $seed"
    find_dmn
    HYPOTHESIS_PROFILE=long exec pytest -m 'hypothesis and not postgres' --hypothesis-seed="$seed" --durations=0 "$@"
fi

if [ $# -gt 0 ]; then
    find_dmn
    exec pytest "$@"
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -n "${QUICK:-}" ]; then
    step pytest -m 'not hypothesis and not spark and not installed and not postgres' --ignore-glob='*/test_table*' --ignore-glob='*/test_batch_*'
else
    # The folders under their installed names, for mypy.
    mkdir -p .venvs/src/tieuchi
    for folder in cli engine rules; do
        ln -sfn "../../../$folder" ".venvs/src/tieuchi/$folder"
    done
    step ruff check
    step ruff format --check
    step mypy
    step tieuchi pack fmt --check rules
    install_dmn
    step pytest -m 'not spark and not installed and not postgres' ${COVER:+--cov --cov-fail-under=95}
fi

root=$PWD
build_wheel
make_venv wheel fill_wheel
"$venv/bin/python" -m pip install --quiet --no-deps --force-reinstall "$wheel"
cd "$scratch" # where no source can be imported
# Those files alone that have such tests: others import what a user need not have.
step "$venv/bin/pytest" -c "$root/pyproject.toml" --rootdir "$root" \
    -p no:cacheprovider -m wheel $(grep -l 'mark\.wheel' "$root"/tests/test_*.py)
