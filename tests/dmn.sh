# The engine on which exported decision models are tried: Apache KIE's (Drools) as one program,
# which npm has. Read by tests/run.sh, from the root of the checkout; `sh tests/dmn.sh` installs it.
#
#   find_dmn      sets TIEUCHI_DMN to the program, if it is in .venvs/dmn
#   install_dmn   puts it there; where it cannot be had, says why

dmn_package=@kie-tools/jitexecutor-native
dmn_version=999.0.0-20240505-SNAPSHOT # the last; its final versions know no DMN 1.5
dmn_sha512=b30a5eb283df32c30f95504e9a0005a76f1001f90df6dd1f24e3c48a62b70a1212ffbbb598368838a0ed71e6b07d03e3556f4f7b428aea52cc807c9acbfa167f

dmn_digest='import hashlib, sys; print(hashlib.sha512(open(sys.argv[1], "rb").read()).hexdigest())'

# The program's folder in the package, for this machine.
dmn_platform() {
    case $(uname -s)-$(uname -m) in
    Linux-x86_64) echo linux ;;
    Darwin-*) echo darwin ;;
    *) return 1 ;;
    esac
}

find_dmn() {
    dmn_program=$PWD/.venvs/dmn/$dmn_version/package/dist/$(dmn_platform || echo none)/jitexecutor
    if [ -x "$dmn_program" ]; then
        TIEUCHI_DMN=$dmn_program
        export TIEUCHI_DMN
    fi
}

no_dmn() {
    echo "No engine for DMN: $*. The tests that need one are skipped." >&2
}

install_dmn() {
    find_dmn
    [ -z "${TIEUCHI_DMN:-}" ] || return 0
    dmn_platform >/dev/null || { no_dmn "$dmn_package has no program for $(uname -sm)"; return 0; }
    command -v npm >/dev/null || { no_dmn "there is no npm here (install Node.js 20 or later)"; return 0; }
    dmn_folder=.venvs/dmn/$dmn_version
    rm -rf "$dmn_folder"
    mkdir -p "$dmn_folder"
    echo "Making $dmn_folder …" >&2
    npm pack --silent --pack-destination "$dmn_folder" "$dmn_package@$dmn_version" >/dev/null ||
        { no_dmn "npm could not fetch $dmn_package $dmn_version"; return 0; }
    set -- "$dmn_folder"/*.tgz
    if [ "$("${PYTHON:-python3}" -c "$dmn_digest" "$1")" != "$dmn_sha512" ]; then
        rm -rf "$dmn_folder"
        echo "$0: $dmn_package $dmn_version is not the file that was tried" >&2
        return 1
    fi
    tar -xzf "$1" -C "$dmn_folder" "package/dist/$(dmn_platform)"
    rm "$1"
    chmod +x "$dmn_folder/package/dist/$(dmn_platform)/jitexecutor"
    find_dmn
}

case $0 in
*dmn.sh)
    cd "$(dirname "$0")/.."
    install_dmn && echo "${TIEUCHI_DMN:-}"
    ;;
esac
