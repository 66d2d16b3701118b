# shellcheck shell=bash
# measure: Dossier and its peers on the peers' database. Sourced by ./bench.

bench_home=${BENCH_HOME:-$HOME/.cache/dossier-bench}
here=tests/bench/peers
database_name=dossier_bench
database_started=no

# ---- the database: theirs, and one of Dossier's own on the same server ----

fact_of_database() {
    "$peers/db" url | sed -n "s/^$1 *//p"
}

admin_sql() {
    mariadb --no-defaults --socket="$database_socket" --user="$(id -un)" "$@"
}

set_up_peers() {
    if [[ ! -x $bench_home/bin/limit || ! -d $bench_home/node/node_modules || ! -d $bench_home/data ]]; then
        step "Setting up the peers and their database in $bench_home"
        watched "$peers/setup"
    fi
    if [[ $(fact_of_database pid) == "not running" ]]; then
        step "Starting their database"
        watched "$peers/db" start
        database_started=yes
    fi
    database_socket=$(fact_of_database socket)
}

end_database() {
    if [[ $database_started == yes ]]; then
        "$peers/db" stop
    fi
}

# Who may see whose rows is Dossier's to know: owners.sql says so for the peers' customers.
make_database() {
    local password
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    admin_sql --execute="
        DROP DATABASE IF EXISTS $database_name;
        CREATE DATABASE $database_name CHARACTER SET utf8mb4;
        CREATE OR REPLACE USER $database_name@localhost IDENTIFIED BY '$password';
        GRANT ALL ON $database_name.* TO $database_name@localhost;
        GRANT SELECT ON care.* TO $database_name@localhost"
    export DOSSIER_DATABASE="mariadb://$database_name:$password@localhost/$database_name?socket=$database_socket"
    dossier migrate 2>"$work/migrate.log"
    admin_sql "$database_name" <"$here/owners.sql" >"$work/owners.log"
}

dossier() {
    local command=$1
    shift
    build/release/server/dossier "$command" --data "$work/dossier" "$@"
}

# ---- variants of Dossier: name, schema, who asks ----

variants=(dossier partner open)
declare -A schema_of=([dossier]=$here/schema [partner]=$here/schema [open]=$work/open-schema)
declare -A user_of=([dossier]="operator administrator" [partner]="partner administrator 2" [open]="everybody administrator")

# The same types without owners and rights.
make_open_schema() {
    mkdir -p "$work/open-schema"
    for file in "$here"/schema/*.graphql; do
        sed -E -z 's/(@public|@scope\([^)]*\))[ \n]+@right\([^)]*\)/@public/g' "$file" >"$work/open-schema/${file##*/}"
    done
}

token_of() {
    curl --silent --show-error --fail "$1auth/login" --header 'content-type: application/json' \
        --data "{\"username\":\"$2\",\"password\":\"$3\"}" | sed -E 's/.*"accessToken":"([^"]+)".*/\1/'
}

# An access token is good for ten minutes: each workload has servers and tokens of its own.
measure_workload() {
    local workload=$1 variant server_options=()
    for variant in "${variants[@]}"; do
        local login password token
        login=${user_of[$variant]%% *}
        # shellcheck disable=SC2086 # words
        password=$(dossier user ${user_of[$variant]} 2>"$work/user.log")
        start_dossier "$variant" "$work/$variant" --schema "${schema_of[$variant]}"
        token=$(token_of "$url" "$login" "$password")
        echo 5 >"/proc/$pid/clear_refs" # the memory for hashing a password is not that of the load
        server_options+=(--server "$variant=${url}graphql,$pid"
            --header "authorization: Bearer $token" --queries "$work/queries")
    done
    step "Measuring $workload"
    watched "$peers/run" --workload "$workload" --connections "$connections" --rounds "$rounds" --seconds "$seconds" \
        --servers "$servers" "${server_options[@]}" --out "$work/$workload.jsonl"
    end_all
}

measure_beside_peers() {
    local workload files=()
    set_up_peers
    for variant in "${variants[@]}"; do
        mkdir -p "$work/$variant"
    done
    # As folders of one's own, so that times may be written as GraphQL's scalars are.
    mkdir -p "$work/queries"
    cp "$peers"/queries/* "$work/queries/"
    make_open_schema
    make_database
    for workload in "${workloads[@]}"; do
        measure_workload "$workload"
        files+=("$work/$workload.jsonl")
    done
    if [[ $standard == yes ]]; then
        node "$here/table.mjs" --write docs/bench.md "${files[@]}"
    else
        node "$here/table.mjs" "${files[@]}"
    fi
}
