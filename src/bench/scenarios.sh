# shellcheck shell=bash
# Sourced by run. Each scenario says what it measures, with which columns, and has a function that prints a front end's cells, separated by tabs.

scenarios=(slow-clients sse gigabyte chunked packets overload overload-minute refused faults upstreams attacks static speed added rates)

# The cells, and how much processor time the front end took meanwhile, in seconds.
with_processor_time() {
    local before cells
    before=$(processor_time "$pid")
    cells=$("$@")
    printf '%s\t%s\n' "$cells" "$(awk -v a="$before" -v b="$(processor_time "$pid")" 'BEGIN { printf "%.2f", b - a }')"
}

scenario_slow_clients() {
    title="1,000 uploads of 1 MiB at 20 KiB/s and 1,000 readers of an 8 MiB page at 100 KiB/s, at once"
    columns="uploads whole|pages whole|probes|failed|p50 ms|p99 ms, first 30 s|p99 ms, after|max ms|seconds|cpu s"
    measure() { with_processor_time client SlowClients "$port" 1000 150; }
}

scenario_sse() {
    title="200 event streams at once, a line every 100 ms: from PHP's flush() to the client's read"
    columns="streams|lines|p50 ms|p99 ms|max ms|cpu s"
    workers=250
    measure() { with_processor_time client Streams "$port" 200; }
}

scenario_gigabyte() {
    title="1 GiB by one client at full speed; seconds, MB/s, and the processor time of the front end in seconds"
    columns="download s|MB/s|cpu s|upload s|MB/s|cpu s|multipart s|MB/s|cpu s"
    heap=64m rounds=3
    measure() {
        local what cells=
        # Once each without counting, for every front end: what a JVM compiles for large bodies, it compiles then.
        for what in download upload multipart; do
            client Gigabyte "$port" "$what" >/dev/null
        done
        for what in download upload multipart; do
            cells+="$(with_processor_time client Gigabyte "$port" "$what")"$'\t'
        done
        echo "${cells%$'\t'}"
    }
}

scenario_chunked() {
    title="chunked uploads of some sizes: what PHP received"
    columns="0|1|4,095|65,536|10 MiB + 1"
    measure() { client Chunked "$port"; }
}

scenario_packets() {
    title="a page of 200 small records, each flushed, without a pause, and one of 1 MiB: in how many pieces they come; medians of 41"
    columns="records: segments|chunks|reads|1 MiB: segments|chunks|reads"
    measure() { client Packets "$port"; }
}

# So many clients, for so many seconds, each of which asks as soon as it is answered; what follows the URL are options of wrk.
asked() {
    local seconds=$1 clients=$2 url=$3 threads=2 cpu cells
    shift 3
    [ "$clients" -ge 32 ] || threads=1
    cpu=$(processor_time "$pid")
    # Its own summary comes before the line that is wanted.
    cells=$(wrk -t "$threads" -c "$clients" -d "${seconds}s" --timeout 60s -s "$here/overload.lua" "$@" "$url" | tail -1)
    cpu=$(awk -v a="$cpu" -v b="$(processor_time "$pid")" -v n="${cells%%[^0-9]*}" -v s="$seconds" 'BEGIN { if (n) printf "%.0f", (b - a) * 1e6 / n / s; else print "-" }')
    printf '%s\t%s\n' "$cells" "$cpu"
}

# A step: a small page for so many clients.
overload() {
    local before
    before=$(cat "$dir/gc.log" 2>/dev/null | wc -l)
    printf '%s\t%s\n' "$(asked "$1" "$2" "http://127.0.0.1:$port/hello.php")" "$(heap_after "$before")"
}

# The most that was left in our heap by any collection since a line of its log, in MiB.
heap_after() {
    [ -f "$dir/gc.log" ] || { echo -; return; }
    tail -n "+$(($1 + 1))" "$dir/gc.log" | awk 'match($0, /->[0-9]+M/) { m = substr($0, RSTART + 2) + 0; if (m > most) most = m } END { print most ? most : "-" }'
}

# With 256m of heap the collector takes a third of the processor at 10,000 clients: who waits for seconds is moved to the old generation.
overload_columns="answered/s|failed|p50 ms|p99 ms|max ms|max/p50|cpu us|our heap MiB"

# The same in turns, since the pace of the machine changes in the meantime, and without the first seconds, in which 10,000 clients connect: the clients go on
# for longer, and what PHP-FPM answers is counted by itself. Once for all steps without counting.
in_turns() {
    local opening=10 clients seconds=$1 url=http://127.0.0.1:$port/hello.php before cpu cells rate
    if [ "$met" != "$pid" ]; then
        met=$pid
        for clients in $(printf '%s\n' "${steps[@]}" | sort -nu); do asked 10 "$clients" "$url" >/dev/null; done
    fi
    before=$(cat "$dir/gc.log" 2>/dev/null | wc -l)
    client Handled "$dir/status.sock" "$opening" "$seconds" >"$dir/handled" &
    local handled=$!
    asked $((opening + seconds + 2)) "$2" "$url" >"$dir/asked" &
    local asked=$!
    sleep "$opening"
    cpu=$(processor_time "$pid")
    sleep "$seconds"
    cpu=$(awk -v a="$cpu" -v b="$(processor_time "$pid")" 'BEGIN { print b - a }')
    wait "$handled" "$asked"
    rate=$(cat "$dir/handled") cells=$(cut -f 2-6 "$dir/asked")
    printf '%s\t%s\t%s\t%s\n' "$rate" "$cells" "$(awk -v c="$cpu" -v n="$rate" -v s="$seconds" 'BEGIN { if (n) printf "%.0f", c * 1e6 / n / s; else print "-" }')" "$(heap_after "$before")"
}

scenario_overload() {
    title="a small page (hello.php) for few and for many clients, on 4 workers; what PHP-FPM answers, counted for twenty seconds after ten, failures and times of all of them; medians of three turns"
    columns=$overload_columns
    steps=(2 32 256 2000 10000 2 32 256 2000 10000 2 32 256 2000 10000) heap=1g warm_up=30 compared=(ours ours-kept haproxy)
    met=
    measure() { in_turns 20 "$1"; }
}

scenario_refused() {
    title="a small page (hello.php) for 32 clients, and for 2,000 where 500 may wait: who is refused asks again at once, whatever Retry-After says; ten seconds each, otherwise as in overload"
    columns=$overload_columns
    steps=(32 2000 32 2000 32 2000) heap=1g warm_up=30 peers_prefix=refused- ours_options=(--queue-size 500) compared=(ours nginx)
    met=
    measure() { in_turns 10 "$1"; }
}

scenario_overload_minute() {
    title="a small page (hello.php) for 2,000 and 10,000 clients, 60 seconds each, on 4 workers"
    columns=$overload_columns
    steps=(2000 10000) heap=1g
    # Once without counting, for every front end: a JVM that still compiles answers the first seconds late, which would look unfair.
    measure() {
        asked 30 "$1" "http://127.0.0.1:$port/hello.php" >/dev/null
        overload 60 "$1"
    }
}

# A step: a script, and how many clients; once without counting, for every front end.
speed() {
    local body='' before cells uncounted=5 seconds=${BENCH_SECONDS:-10} clients=${1#*-} url=http://127.0.0.1:$port/${1%-*}.php
    case ${1%-*} in
        # So few a second that a JVM compiles for longer what it had not met before.
        wiki) url=http://127.0.0.1:$port/wiki/doku.php uncounted=20 ;;
        upload) body=1048576 ;;
    esac
    BENCH_BODY=$body asked "$uncounted" "$clients" "$url" >/dev/null
    before=$(cat "$dir/gc.log" 2>/dev/null | wc -l)
    cells=$(BENCH_BODY=$body asked "$seconds" "$clients" "$url")
    printf '%s\t%s\n' "$cells" "$(garbage_after "$before" "$((${cells%%[^0-9]*} * seconds))")"
}

# Debian's DokuWiki, with a first page, and with its settings and data in this run's own directory.
wiki() {
    cp -rL /usr/share/dokuwiki "$dir/docroot/wiki"
    # Not all read them, and Apache refuses everything where it may not.
    find "$dir/docroot/wiki" -name .htaccess -delete
    cp -rL /etc/dokuwiki "$dir/wiki-settings"
    mkdir -p "$dir/wiki-data/"{attic,cache,index,locks,log,media,media_attic,media_meta,meta,pages,tmp}
    sed -i "s|'/etc/dokuwiki/'|'$dir/wiki-settings/'|" "$dir/docroot/wiki/inc/preload.php"
    printf "<?php\n\$conf['title'] = 'Wiki';\n\$conf['useacl'] = 0;\n\$conf['savedir'] = '%s';\n" "$dir/wiki-data" >"$dir/wiki-settings/local.php"
    for i in 1 2 3 4 5 6 7 8; do printf '====== Part %d ======\n\nA paragraph with a [[link%d]], **bold** text and a list.\n\n  * one\n  * two\n\n' "$i" "$i"; done >"$dir/wiki-data/pages/start.txt"
    [ "$(id -u)" -ne 0 ] || chown -R "$user" "$dir/wiki-settings" "$dir/wiki-data"
    chmod -R a+rX "$dir/docroot"
}

# What so many requests have allocated in our heap since a line of its log, in KiB for each.
garbage_after() {
    [ -f "$dir/gc.log" ] && [ "$2" -gt 0 ] || { echo -; return; }
    tail -n "+$(($1 + 1))" "$dir/gc.log" | awk -v requests="$2" '
        match($0, /[0-9]+M->[0-9]+M/) { split(substr($0, RSTART, RLENGTH), m, "M->"); if (after != "") all += m[1] - after; after = m[2] + 0 }
        END { if (all) printf "%.1f", all * 1024 / requests; else print "-" }'
}

scenario_speed() {
    title="what a request costs, ${BENCH_SECONDS:-10} seconds each, on 4 workers: a small page (hello.php) for 2 to 2,000 clients; a page of 32 KiB, DokuWiki's first page and uploads of 1 MiB for 32; downloads of 100 MiB for 4"
    columns="answered/s|failed|p50 ms|p99 ms|max ms|max/p50|cpu us|our garbage KiB"
    steps=(hello-2 hello-32 hello-256 hello-2000 kib32-32 upload-32 download100-4) heap=1g warm_up=30
    [ ! -d /usr/share/dokuwiki ] || steps+=(wiki-32)
    compared=(ours ours-kept nginx nginx-kept apache haproxy jetty-stock ours-tcp nginx-tcp ours-kept-tcp nginx-kept-tcp)
    prepare() { [ ! -d /usr/share/dokuwiki ] || [ -d "$dir/docroot/wiki" ] || wiki; }
    measure() { speed "$1"; }
    draw() { java "$here/Bars.java" "$1" hello-32 answered/s "cpu us"; }
}

scenario_added() {
    title="what a front end adds to the time of one small page (hello.php), with one client and nothing else going on, over talking FastCGI to PHP-FPM"
    columns="PHP-FPM p50 us|through p50 us|added us|PHP-FPM p99 us|through p99 us"
    heap=1g warm_up=30 compared=(ours ours-kept nginx nginx-kept apache caddy haproxy lighttpd jetty-stock)
    # What a JVM compiles for one client after another, it compiles before.
    measure() {
        client Added "$port" "$dir/fpm.sock" "$dir/docroot" >/dev/null
        client Added "$port" "$dir/fpm.sock" "$dir/docroot"
    }
}

scenario_rates() {
    title="a small page (hello.php) at fixed rates over 32 connections, 20 seconds each; times from the moment at which each was due"
    columns="requests|failed|p50 ms|p99 ms|p99.9 ms|max ms"
    steps=(500 2000) heap=1g warm_up=30 compared=(ours ours-kept nginx nginx-kept haproxy)
    measure() {
        client FixedRate "$port" "$1" 20 >/dev/null
        client FixedRate "$port" "$1" 20
    }
}

# A step: what is asked for, and with which field. One answer is looked at before: its status, its coding and its length.
static_file() {
    local clients=32 path=$1.js seconds=${BENCH_SECONDS:-10} field=() seen
    case $1 in
        range) path=100-KiB.js field=(-H "Range: bytes=1000-1999") ;;
        other-version) path=1-KiB.js field=(-H 'If-None-Match: "another"') ;;
        304) path=100-KiB.js field=(-H "If-Modified-Since: $(date -u -r "$dir/docroot/100-KiB.js" '+%a, %d %b %Y %T GMT')") ;;
        sibling) path=sibling.html field=(-H "Accept-Encoding: gzip") ;;
        gzip) path=page.html field=(-H "Accept-Encoding: gzip") ;;
        100-MiB) clients=4 ;;
    esac
    seen=$(curl -s -o /dev/null -D "$dir/head" -w '%{http_code}\t%{size_download}' "${field[@]}" "http://127.0.0.1:$port/$path")
    # Once without counting, for every front end: what a JVM compiles for this kind of file, it compiles then.
    asked "$seconds" "$clients" "http://127.0.0.1:$port/$path" "${field[@]}" >/dev/null
    printf '%s\t%s\t%s\n' "$seen" "$(sed -n 's/^content-encoding: *\([a-z]*\).*/\1/Ip' "$dir/head" | grep . || echo -)" \
        "$(asked "$seconds" "$clients" "http://127.0.0.1:$port/$path" "${field[@]}")"
}

scenario_static() {
    title="plain files for 32 clients (100 MiB: 4), ${BENCH_SECONDS:-10} seconds each: whole, 1,000 bytes of one, one that the client has in another version, not modified, with a compressed sibling, compressed on the fly"
    columns="status|bytes|coding|answered/s|failed|p50 ms|p99 ms|max ms|max/p50|cpu us"
    steps=(1-KiB 100-KiB 100-MiB range other-version 304 sibling gzip) peers_prefix=static- compared=(ours nginx apache)
    prepare() {
        # Text with some repetition, as pages have it; noise where nothing is to be compressed.
        seq 1 3000 | awk '{ printf "<p id=\"%d\">A paragraph, number %d of them</p>\n", $1 * 7919 % 100003, $1 }' >"$dir/docroot/page.html"
        truncate -s 102400 "$dir/docroot/page.html"
        cp "$dir/docroot/page.html" "$dir/docroot/sibling.html"
        gzip -9 -k -f "$dir/docroot/sibling.html"
        head -c 1024 "$dir/docroot/page.html" >"$dir/docroot/1-KiB.js"
        head -c 102400 /dev/urandom >"$dir/docroot/100-KiB.js"
        head -c 104857600 /dev/urandom >"$dir/docroot/100-MiB.js"
        chmod -R a+rX "$dir/docroot"
    }
    measure() { static_file "$1"; }
    # Its last steps find the JVM warm.
    draw() { java "$here/Bars.java" "$1" other-version answered/s "cpu us"; }
}

# The classes are the tests' own: ours and the peers are judged by the same table and the same judge.
attack() { java -Xmx256m -cp "$dir/classes:$root/target/jetty-php-fpm-standalone.jar" "org.jettyphp.attacks.$@"; }

scenario_attacks() {
    title="requests that mean harm, byte by byte, over HTTP/1.1 and HTTP/2"
    steps=(http1 http2) warm_up=0 peers_prefix=attacks- ours_options=(--no-exec /uploads) reporter=report_attacks compared=(ours nginx apache)
    prepare() {
        local tests=$root/src/test/java/org/jettyphp
        # Once for all front ends.
        [ ! -d "$dir/classes/org/jettyphp/attacks" ] || return 0
        mkdir -p "$dir/classes/org/jettyphp/attacks"
        cp "$root/src/test/resources/org/jettyphp/attacks/"*.txt "$dir/classes/org/jettyphp/attacks"
        javac -d "$dir/classes" -cp "$root/target/jetty-php-fpm-standalone.jar" -sourcepath "$root/src/test/java" "$tests/attacks/"Attack{Tree,Run,Report}.java
        attack AttackTree "$dir"
    }
    measure() {
        local to=$port
        [ "$1$front_end" != http2nginx ] || to=$((port + 50))
        attack AttackRun "$dir" "$front_end" "$1" "$to" "$dir/verdicts"
    }
}

report_attacks() {
    cat <<EOF
# attacks

$title: \`src/test/resources/org/jettyphp/attacks\`.
What became of them in \`jetty-base\`, and in a WAR in Jetty and Tomcat, is in [containers](../../site/markdown/containers.md).

\`$command\`, $(date -u +%Y-%m-%d), $(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)

$(attack AttackReport "$dir/verdicts")

$(machine)
EOF
}

# The versions and the machine, the table with the medians of all rounds, and each round as it was.
report() {
    cat <<EOF
# $name

$title

\`$command\`, $(date -u +%Y-%m-%d), $(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown); $rounds round(s), medians; a fresh front end and a fresh pool of $workers workers each time.

$("$layout" "$columns|PSS MiB|threads" <"$dir/rows")

$(machine)
EOF
}

machine() {
    echo "$(nproc) cores ($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)), $(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB, Linux $(uname -r);" \
        "$(java -version 2>&1 | sed -n 's/^\(openjdk\|java\) version "\(.*\)".*/Java \2/p')," \
        "Jetty $(sed -n 's|.*<jetty.version>\(.*\)</jetty.version>.*|\1|p' "$root/pom.xml"), $("$php_fpm" -v | sed -n 's/^\(PHP [^ ]*\).*/\1/p')," \
        "$(nginx -v 2>&1 | sed 's|.*/|nginx |'), $(apache2 -v | sed -n 's|.*Apache/\([^ ]*\).*|Apache \1|p'), Caddy $(caddy version | cut -d ' ' -f 1)," \
        "$(haproxy -v | sed -n 's/^HAProxy version \([^ ]*\).*/HAProxy \1/p'), $(lighttpd -v | sed -n 's|^lighttpd/\([^ ]*\).*|lighttpd \1|p')."
}

# Rows of all rounds in, a Markdown table with the median of each column of numbers out; of other columns the last round's.
table() {
    awk -F '\t' -v columns="$1" '
        BEGIN { line = "| front end |"; under = "|---|"; n = split(columns, names, "|"); for (i = 1; i <= n; i++) { line = line " " names[i] " |"; under = under "---|" } print line; print under }
        !($1 in rows) { order[++fronts] = $1 }
        { r = ++rows[$1]; for (i = 2; i <= NF; i++) cell[$1, r, i] = $i; width = NF }
        function median(front, column,   i, j, k, t, sorted) {
            for (i = 1; i <= rows[front]; i++) {
                t = cell[front, i, column]
                if (t !~ /^[0-9.]+$/) return cell[front, rows[front], column]
                for (j = i; j > 1 && sorted[j - 1] + 0 > t + 0; j--) sorted[j] = sorted[j - 1]
                sorted[j] = t
            }
            return sorted[int((rows[front] + 1) / 2)]
        }
        END { for (f = 1; f <= fronts; f++) { line = "| " order[f] " |"; for (i = 2; i <= width; i++) line = line " " median(order[f], i) " |"; print line } }'
}
