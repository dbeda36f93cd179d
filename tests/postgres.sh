#!/bin/sh
# Runs the tests that need a PostgreSQL server, on one that it starts and removes: sh tests/postgres.sh
#
#   sh tests/postgres.sh                the printed queries, on all packs
#   ROWS=20000 sh tests/postgres.sh     on tables of so many rows
#   PGBIN=/opt/pgsql/bin sh tests/postgres.sh   this server's programs
#   PYTEST=pytest sh tests/postgres.sh  in the environment at hand
#
# PostgreSQL does not run as root: root makes a user of no rights for the time being, and installs
# Debian's package where there is no server at all.
set -eu
cd "$(dirname "$0")/.."

user=tieuchi-test
made_user=
folder=

fail() {
    echo "$0: $*" >&2
    exit 2
}

find_programs() {
    for bin in "${PGBIN:-}" "$(dirname "$(command -v initdb || echo ./none)")" /usr/lib/postgresql/*/bin; do
        if [ -n "$bin" ] && [ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ]; then
            programs=$bin
            return
        fi
    done
    return 1
}

# Without the cluster that Debian makes and starts with the package.
install_server() {
    [ "$(id -u)" = 0 ] || fail "no PostgreSQL here: install it, or name its programs with PGBIN=…"
    command -v apt-get >/dev/null || fail "no PostgreSQL and no apt-get here: install it by hand"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq postgresql-common
    sed -i 's/^#\? *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    apt-get install -y -qq postgresql
}

as_user() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u "$user" -- "$@"
    else
        "$@"
    fi
}

end() {
    if [ -n "$folder" ]; then
        as_user "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
        rm -rf "$folder"
    fi
    [ -z "$made_user" ] || userdel "$user"
}

find_programs || { install_server && find_programs; } || fail "no PostgreSQL after installing it"

trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if [ "$(id -u)" = 0 ] && ! id "$user" >/dev/null 2>&1; then
    useradd --system --no-create-home --shell /usr/sbin/nologin "$user"
    made_user=1
fi
folder=$(mktemp -d /tmp/tieuchi-postgres.XXXXXX) # a socket's path may have 107 bytes
[ "$(id -u)" != 0 ] || chown "$user" "$folder"

as_user "$programs/initdb" --pgdata "$folder/data" --username tieuchi --auth trust \
    --encoding UTF8 --locale C --no-sync >/dev/null
as_user "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w start \
    -o "-k $folder -c listen_addresses= -c fsync=off -c max_connections=10" >/dev/null ||
    { cat "$folder/log" >&2 && fail "the server does not start"; }

TIEUCHI_POSTGRES="host=$folder user=tieuchi dbname=postgres"
export TIEUCHI_POSTGRES
${PYTEST:-sh tests/run.sh} -m postgres tests/test_table_postgres.py "$@"
