#!/usr/bin/env bash
# measure: what each form of a search costs MariaDB with a million customers; prints a table.
#
#   tests/bench/search/measure.sh [FOLDER]      FOLDER is made if it is not there, and kept for the next time
#
# Statements are those that resolvers/customer_find.c makes, against the table scan that they replace. Time is the
# processor's, of mariadbd alone, each the mean of 5 in a row: on a busy machine it still means something.
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
folder=${1:-$(mktemp -d)}
socket=$folder/socket
fresh=no
[ -d "$folder/data" ] || fresh=yes
mkdir -p "$folder"

if [ $fresh = yes ]; then
    mariadb-install-db --no-defaults --datadir="$folder/data" --auth-root-authentication-method=normal \
        --skip-test-db --user="$(id -un)" >"$folder/install.log" 2>&1
fi
mariadbd --no-defaults --user="$(id -un)" --datadir="$folder/data" --socket="$socket" --pid-file="$folder/pid" \
    --log-error="$folder/log" --skip-networking --skip-log-bin --performance-schema=OFF \
    --innodb-buffer-pool-size=512M --innodb-log-file-size=256M --innodb-flush-log-at-trx-commit=0 &
trap 'kill %1; wait' EXIT
sql() { mariadb --no-defaults --socket="$socket" --user=root -N "$@"; }
until sql -e 'SELECT 1' >"$folder/ready" 2>&1; do sleep 0.2; done
if [ $fresh = yes ]; then
    sql -e 'CREATE DATABASE bench'
    sql bench <"$here/fill.sql" >"$folder/fill.log"
    sql --raw --quick bench -e 'SELECT kind, page, HEX(terms) FROM customer_search_page' | node "$here/sieve.mjs" | sql bench
    sql bench -e 'ANALYZE TABLE customer_search_sieve' >>"$folder/fill.log"
fi

ticks() { awk '{print $14 + $15}' "/proc/$(cat "$folder/pid")/stat"; }
measure() {
    local before after hits
    for _ in 1 2 3 4 5; do echo "SELECT COUNT(*) FROM ($2) AS found;"; done >"$folder/statements"
    before=$(ticks)
    sql bench <"$folder/statements" >"$folder/hits"
    after=$(ticks)
    hits=$(tail -1 "$folder/hits")
    printf '| %-44s | %6d | %7.1f |\n' "$1" "$hits" "$(awk "BEGIN { print ($after - $before) * 10 / 5 }")"
}

# kind, pattern of the page, pattern of the term
pages() {
    echo "SELECT STRAIGHT_JOIN DISTINCT s0.customer_id FROM customer_search_sieve AS v JOIN customer_search_page AS g" \
        "JOIN customer_search_term AS s0 WHERE v.kind = '$1' $(node "$here/sieve.mjs" "${2//%/}") AND g.kind = v.kind" \
        "AND g.page = v.page AND g.terms LIKE '$2' ESCAPE '!' AND g.kind = '$1' AND s0.page = g.page AND s0.kind = g.kind" \
        "AND s0.kind = '$1' AND s0.term LIKE '$3' ESCAPE '!' LIMIT 1000"
}
# partner, then as above
pages_of() {
    echo "SELECT STRAIGHT_JOIN DISTINCT s0.customer_id FROM partner AS o JOIN customer_search_page AS g FORCE INDEX (customer_search_page_partner)" \
        "JOIN customer_search_term AS s0 WHERE o.path LIKE CONCAT('/1/$1/', '%') AND g.partner_id = o.id" \
        "AND g.terms LIKE '$3' ESCAPE '!' AND g.kind = '$2' AND s0.page = g.page AND s0.kind = g.kind" \
        "AND s0.kind = '$2' AND s0.term LIKE '$4' ESCAPE '!' LIMIT 1000"
}
begins() {
    echo "SELECT DISTINCT s0.customer_id FROM customer_search_term AS s0 WHERE s0.kind = '$1'" \
        "AND s0.term >= '$2' AND s0.term < '$2~' ${3:-} LIMIT 1000"
}
both() {
    echo "SELECT DISTINCT s0.customer_id FROM customer_search_term AS s0 JOIN customer_search_term AS s1" \
        "WHERE s0.kind = 'NAME' AND s0.term >= '$1' AND s0.term < '$1~' AND s1.customer_id = s0.customer_id" \
        "AND s1.kind = 'NAME' AND s1.term >= '$2' AND s1.term < '$2~' LIMIT 1000"
}
of_partner="AND s0.page DIV 4294967296 IN (SELECT p.id FROM partner AS p WHERE p.path LIKE CONCAT('/1/9/', '%'))"

echo '| form                                         |   hits | CPU, ms |'
echo '| -------------------------------------------- | -----: | ------: |'
measure 'before: scan for %qqqxyz%' "SELECT customer_id FROM customer_search_term WHERE kind = 'EMAIL' AND term LIKE '%qqqxyz%'"
measure '= one e-mail address' "SELECT customer_id FROM customer_search_term WHERE kind = 'EMAIL' AND term = 'mulerann.hofri1@mail.example'"
measure 'x% frequent: mu' "$(begins NAME mu)"
measure 'x% rare: mulerann' "$(begins NAME mulerann)"
measure 'x% absent: qqqxyz' "$(begins NAME qqqxyz)"
measure 'x% y% both frequent: mu ler' "$(both mu ler)"
measure 'x% y% one rare: muleran ler' "$(both muleran ler)"
measure '%x frequent: %ann' "$(pages NAME $'%ann\n%' '%ann')"
measure '%x rare: %55512345' "$(pages PHONE $'%5512345\n%' '%5512345')"
measure '%x% frequent: %ann%' "$(pages NAME '%ann%' '%ann%')"
measure '%x% of 1,000: %5551%' "$(pages PHONE '%5551%' '%5551%')"
measure '%x% rare, telephone: %555123%' "$(pages PHONE '%555123%' '%555123%')"
measure '%x% rare, name: %annlerhof%' "$(pages NAME '%annlerhof%' '%annlerhof%')"
measure '%x% rare, e-mail: %annlerhof.ri%' "$(pages EMAIL '%annlerhof.ri%' '%annlerhof.ri%')"
measure '%x% absent, e-mail: %qqqxyz%' "$(pages EMAIL '%qqqxyz%' '%qqqxyz%')"
measure 'partner of 5,000: x% frequent: mu' "$(pages_of 9 NAME $'%\nmu%' 'mu%')"
measure 'partner of 5,000: x% rare: mulerann' "$(begins NAME mulerann "$of_partner")"
measure 'partner of 5,000: %x% frequent: %ann%' "$(pages_of 9 EMAIL '%ann%' '%ann%')"
measure 'partner of 5,000: %x% absent' "$(pages_of 9 EMAIL '%qqqxyz%' '%qqqxyz%')"
measure 'partner of 54,000: %x% rare' "$(pages_of 2 EMAIL '%annlerhof.ri%' '%annlerhof.ri%')"
measure 'partner of 54,000: %x% absent' "$(pages_of 2 EMAIL '%qqqxyz%' '%qqqxyz%')"
