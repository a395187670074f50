# shellcheck shell=bash
# Sourced by run: four PHP-FPMs, each in a network namespace of its own, behind one name; what becomes of requests while three of them have trouble.

nodes=(a b c d)
namespace=bench-$$
name_server=127.0.0.153

scenario_upstreams() {
    title="50 clients, 38 requests a second, GET and POST in turn, each 200 ms of PHP, on PHP-FPMs of 8 workers each in network namespaces of their own; one is cut off, one slow, one restarted, and a fourth joins by DNS"
    columns="answered|GETs failed|POSTs failed|POSTs ran twice|cut short|longest GET, s|longest POST, s"
    [ "$(id -u)" -eq 0 ] || { echo "network namespaces need root" >&2; exit 1; }
    compared=(ours nginx haproxy)
    fresh=yes warm_up=3 workers=8 layout=upstream_tables peers=$here/peers/upstreams target=php.bench:9000
    begin_pool() { begin_pools; }
    clean_up() { end_networks; }
    prepare() {
        echo "nameserver $name_server" >"$dir/resolv.conf"
        # What is mounted is seen by the front end alone.
        within=(unshare --mount sh -c 'mount --bind "$0" /etc/resolv.conf && exec "$@"' "$dir/resolv.conf")
    }
    measure() {
        local crowd
        rm -f "$dir/spool/ran"
        : >"$dir/marks"
        client Crowd "$port" 50 1100 90 "ms=200" "$dir/spool/ran" "$dir/columns" 2>"$dir/failures" &
        crowd=$!
        trouble >&2
        wait "$crowd"
        java "$here/Plot.java" "$dir/columns" "$dir/marks" >"$here/results/upstreams-$front_end.svg"
        sed "s/^/$front_end: /" "$dir/failures" | tee -a "$dir/all-failures" >&2
    }
}

address() { echo "10.213.$1.2"; }

link() { echo "bench$(($$ % 10000))-$1"; }

begin_pools() {
    local i
    fpms=()
    end_networks
    for i in "${!nodes[@]}"; do
        ip netns add "$namespace-$i"
        ip link add "$(link "$i")" type veth peer name eth0 netns "$namespace-$i"
        ip addr add "10.213.$i.1/30" dev "$(link "$i")"
        ip link set "$(link "$i")" up
        ip -n "$namespace-$i" addr add "$(address "$i")/30" dev eth0
        ip -n "$namespace-$i" link set eth0 up
        ip -n "$namespace-$i" link set lo up
        begin_node "$i"
    done
    for i in 0 1 2; do address "$i"; done >"$dir/addresses"
    begin name-server java -Xmx32m -cp "$dir/classes" NameServer "$name_server" "$dir/addresses"
    until [ -n "$(ss -Hlnu "src $name_server")" ]; do sleep 0.1; done
}

begin_node() {
    local i=$1
    configured php-fpm >/dev/null
    sed -e "s|@ADDRESS@|$(address "$i")|" -e "s|@NODE@|${nodes[i]}|g" "$dir/php-fpm.conf" >"$dir/php-fpm-$i.conf"
    begin "php-fpm-$i" ip netns exec "$namespace-$i" "$php_fpm" -R -F -y "$dir/php-fpm-$i.conf"
    fpms[i]=${started[-1]}
    until [ -n "$(ip netns exec "$namespace-$i" ss -Hlnt 'sport = 9000')" ]; do sleep 0.1; done
}

end_networks() {
    local i
    for i in "${!nodes[@]}"; do ip netns del "$namespace-$i" 2>/dev/null || true; done
}

# What happened at which second; waits until then.
at() {
    local seconds=$1
    shift
    sleep "$(awk -v from="$EPOCHREALTIME" -v began="$began" -v at="$seconds" 'BEGIN { left = began + at - from; print (left > 0 ? left : 0) }')"
    printf '%s\t%s\n' "$seconds" "$*" | tee -a "$dir/marks"
}

# Packets go to an Ethernet address that nobody has: no reset, no "unreachable".
cut_off() {
    ip neigh replace "$(address "$1")" lladdr 02:00:00:00:00:01 nud permanent dev "$(link "$1")"
    ip -n "$namespace-$1" neigh replace "10.213.$1.1" lladdr 02:00:00:00:00:01 nud permanent dev eth0
}

join_again() {
    ip neigh del "$(address "$1")" dev "$(link "$1")"
    ip -n "$namespace-$1" neigh del "10.213.$1.1" dev eth0
}

trouble() {
    local began=$EPOCHREALTIME
    at 10 "a is cut off: its packets are dropped"
    cut_off 0
    at 20 "b is slow: 100 kbit/s"
    tc qdisc add dev "$(link 1)" root tbf rate 100kbit burst 2k latency 2s
    at 30 "d joins in the DNS"
    address 3 >>"$dir/addresses"
    at 40 "c is ended, for 3 s"
    kill -QUIT "${fpms[2]}"
    wait "${fpms[2]}" || true
    sleep 3
    begin_node 2
    at 55 "a is there again"
    join_again 0
    at 65 "b is as quick as it was"
    tc qdisc del dev "$(link 1)" root
    at 75 "c is taken out of the DNS"
    for i in 0 1 3; do address "$i"; done >"$dir/addresses"
}

upstream_tables() {
    local each
    table "$1"
    for each in "${chosen[@]}"; do printf '\n%s:\n\n![%s](upstreams-%s.svg)\n' "$each" "$each" "$each"; done
    printf '\nWhat clients got instead of an answer:\n\n```\n%s\n```\n' "$(cat "$dir/all-failures")"
}
