# shellcheck shell=bash
# Sourced by run: starts and ends a front end and the PHP-FPM behind it. Uses $dir, $root, $user, $workers, $heap, $jvm, $peers_prefix and $ours_options of there.

front_ends=(ours nginx apache caddy haproxy lighttpd jetty-stock ours-kept nginx-kept)
started=()
# Where PHP-FPM listens: a Unix socket, or, for a front end whose name ends in -tcp, a port.
fpm_address=
# Where the configurations are, and what a scenario adds to that of the pool.
peers=$here/peers global_directives=() pool_directives=()
# What a front end is started with, such as unshare, and where ours finds PHP-FPM.
within=() target=

# Each has a port of its own, so that nothing left over from one meets the next.
port_of() {
    local i
    for i in "${!front_ends[@]}"; do
        [ "${front_ends[i]}" != "${1%-tcp}" ] || echo $((${BENCH_PORT:-17100} + i))
    done
}

begin() {
    local log=$1
    shift
    "$@" >"$dir/$log.out" 2>&1 &
    started+=($!)
}

# Ends what begin has started, the last first, and waits for it; by force what does not go.
end_all() {
    local i pid tries
    for ((i = ${#started[@]} - 1; i >= 0; i--)); do
        pid=${started[i]}
        kill -TERM "$pid" 2>/dev/null || continue
        for ((tries = 0; tries < 200; tries++)); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    started=()
}

# The configuration of a peer, with its places filled in.
configured() {
    sed -e "s|@DIR@|$dir|g" -e "s|@PORT@|$port|g" -e "s|@PORT2@|$((port + 50))|g" -e "s|@USER@|$user|g" -e "s|@WORKERS@|$workers|g" "$peers/$1.conf" >"$dir/$1.conf"
    # Each has its own way to write a Unix socket.
    [ "$fpm_address" = "$dir/fpm.sock" ] || sed -i -e "s#unix:$dir/fpm.sock|fcgi://localhost/#fcgi://$fpm_address#" -e "s#unix[:@/]$dir/fpm.sock#$fpm_address#" \
        -e "s#\"socket\" => \"$dir/fpm.sock\"#\"host\" => \"${fpm_address%:*}\", \"port\" => ${fpm_address#*:}#" -e "s#^listen = $dir/fpm.sock#listen = $fpm_address#" "$dir/$1.conf"
    echo "$dir/$1.conf"
}

# The libraries are those of the version we build with.
stock_libraries() {
    local version libraries=$root/target/bench/stock
    version=$(sed -n 's|.*<jetty.version>\(.*\)</jetty.version>.*|\1|p' "$root/pom.xml")
    [ -d "$libraries" ] || "$root/mvnw" -q -B -f "$here/stock/pom.xml" -Djetty.version="$version" -DoutputDirectory="$libraries" dependency:copy-dependencies >&2
    mkdir -p "$dir/stock"
    javac -d "$dir/stock" -cp "$libraries/*" "$here/stock/Stock.java"
    echo "$dir/stock:$libraries/*"
}

# Sets $fpm, its first process.
begin_pool() {
    local file
    file=$(configured php-fpm)
    sed -i "s|^\[global\]|&$(printf '\\n%s' "${global_directives[@]}")|" "$file"
    printf '%s\n' "${pool_directives[@]}" >>"$file"
    begin php-fpm "$php_fpm" -R -F -y "$file"
    fpm=${started[-1]}
    until [ -S "$fpm_address" ] || { [[ $fpm_address = *:* ]] && (exec 3<>"/dev/tcp/${fpm_address/://}") 2>/dev/null; }; do sleep 0.1; done
}

# Sets $pid, the front end's first process, and $port.
begin_front_end() {
    local name=${1%-tcp} kept=()
    # The same with one connection to PHP-FPM for each worker, as nginx has with keepalive.
    [ "$name" != ours-kept ] || kept=(--keep-alive "$workers")
    port=$(port_of "$name")
    fpm_address=$dir/fpm.sock
    [ "$name" = "$1" ] || fpm_address=127.0.0.1:$((port + 60))
    begin_pool
    case $name in
        ours*) begin "$name" "${within[@]}" java "${jvm[@]}" "-Xmx$heap" "-Xlog:gc:$dir/gc.log" -jar "$root/target/jetty-php-fpm-standalone.jar" serve "$dir/docroot" --port "$port" \
            --target "${target:-$fpm_address}" --max-connections "$workers" --max-request-body 2g --spool-directory "$dir/spool" --access-log off "${kept[@]}" "${ours_options[@]}" ;;
        nginx*) begin nginx "${within[@]}" nginx -c "$(configured "$peers_prefix$name")" ;;
        apache) begin apache apache2 -f "$(configured "${peers_prefix}apache")" -DFOREGROUND ;;
        caddy) begin caddy env HOME="$dir" caddy run --config "$(configured caddy)" --adapter caddyfile ;;
        haproxy) begin haproxy "${within[@]}" haproxy -db -f "$(configured haproxy)" ;;
        lighttpd) begin lighttpd lighttpd -D -f "$(configured lighttpd)" ;;
        jetty-stock) begin jetty-stock java "-Xmx$heap" -cp "$(stock_libraries)" Stock "$port" "$dir/docroot" "$dir/fpm.sock" "$workers" ;;
    esac
    pid=${started[-1]}
    local tries
    for ((tries = 0; tries < 300; tries++)); do
        [ "$(curl -s -m 5 "http://127.0.0.1:$port/hello.php")" != "Hello, World!" ] || return 0
        kill -0 "$pid" || break
        sleep 0.1
    done
    echo "$name does not answer:" >&2
    cat "$dir/$name.out" >&2
    return 1
}

# A process and all that descend from it.
tree() {
    local child children=()
    echo "$1"
    read -r -d '' -a children < <(cat "/proc/$1/task/"*/children 2>/dev/null) || true
    for child in "${children[@]}"; do tree "$child"; done
}

# Processor time of a front end so far, in seconds, with that of children which have ended: Apache ends some that are idle.
processor_time() {
    local each ticks=0 rest
    for each in $(tree "$1"); do
        rest=$(sed 's/.*) //' "/proc/$each/stat" 2>/dev/null | awk '{ print $12 + $13 + $14 + $15 }') || true
        ticks=$((ticks + ${rest:-0}))
    done
    awk -v t="$ticks" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.2f", t / hz }'
}

# Looks every two seconds, as long as $dir/watching is there; the file then has the most memory in MiB (PSS: shared pages count once) and threads of any look.
watch_peaks() {
    local memory=0 threads=0 now files
    # A process may end while it is looked at.
    while [ -e "$dir/watching" ]; do
        sleep 2
        files=$(tree "$1" | sed 's|.*|/proc/&/smaps_rollup|')
        # shellcheck disable=SC2086
        now=$(cat $files 2>/dev/null | awk '/^Pss:/ { sum += $2 } END { print int(sum / 1024) }') || true
        [ "$now" -le "$memory" ] || memory=$now
        # shellcheck disable=SC2086
        now=$(cat ${files//smaps_rollup/status} 2>/dev/null | awk '/^Threads:/ { sum += $2 } END { print sum + 0 }') || true
        [ "$now" -le "$threads" ] || threads=$now
        printf '%s\t%s\n' "$memory" "$threads" >"$2"
    done
}
