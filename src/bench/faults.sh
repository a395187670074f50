# shellcheck shell=bash
# Sourced by run: what goes wrong with PHP-FPM in its life, and how many requests fail of it.

scenario_faults() {
    title="50 clients who ask all the time, GET and POST in turn, while something goes wrong with PHP-FPM (4 workers, each request waits for 20 ms)"
    columns="answered|GET|POST|twice|cut|longest GET|longest POST"
    steps=(nothing reload reload-at-once stop kill segfault kill-mid-body finish max-requests-1 max-requests-3 terminate backlog-1 freeze)
    compared=(ours nginx apache haproxy)
    fresh=yes layout=fault_tables
    prepare() {
        global_directives=() pool_directives=()
        case $1 in
            reload) global_directives=("process_control_timeout = 5s") ;;
            max-requests-*) pool_directives=("pm.max_requests = ${1##*-}") ;;
            terminate) pool_directives=("request_terminate_timeout = 1s") ;;
            backlog-1) pool_directives=("listen.backlog = 1") ;;
        esac
    }
    measure() {
        local crowd seconds=14 query="ms=20"
        [ "$1" != kill-mid-body ] || query+="&halves"
        [ "$1" != finish ] || query+="&after=200"
        rm -f "$dir/spool/ran"
        client Crowd "$port" 50 0 "$seconds" "$query" "$dir/spool/ran" 2>"$dir/failures" &
        crowd=$!
        sleep 1
        fault "$1" >&2
        wait "$crowd"
        sed "s/^/$front_end, $1: /" "$dir/failures" | tee -a "$dir/all-failures" >&2
    }
}

fault() {
    local i processes
    case $1 in
        reload*) for ((i = 0; i < 20; i++)); do kill -USR2 "$fpm"; sleep 0.5; done ;;
        stop)
            kill -QUIT "$fpm"
            wait "$fpm" || true
            sleep 3
            begin_pool
            ;;
        kill*) for ((i = 0; i < 20; i++)); do kill -KILL "$(worker)"; sleep 0.5; done ;;
        segfault) for ((i = 0; i < 20; i++)); do kill -SEGV "$(worker)"; sleep 0.5; done ;;
        terminate) for ((i = 0; i < 8; i++)); do curl -s -o /dev/null "http://127.0.0.1:$port/fault.php?ms=5000&id=t-0&ran=$dir/spool/terminated"; done ;;
        freeze)
            mapfile -t processes < <(tree "$fpm")
            kill -STOP "${processes[@]}"
            sleep 5
            kill -CONT "${processes[@]}"
            ;;
    esac
}

# One of them; with more clients than workers each has a request.
worker() {
    tree "$fpm" | tail -n +2 | shuf -n 1
}

# A row for each fault, a column for each front end; the medians do not matter here: the last round.
fault_tables() {
    awk -F '\t' '
        { split($1, at, ", "); if (!(at[1] in front)) { front[at[1]]; fronts[++n] = at[1] } if (!(at[2] in step)) { step[at[2]]; steps[++m] = at[2] }
          cell[at[1], at[2]] = ($3 + $4 == 0 ? "0" : "**" $3 + $4 "** (" $3 " GET, " $4 " POST)") ($5 > 0 ? "; " $5 " POSTs ran twice" : "") ($6 > 0 ? "; " $6 " cut short, as if whole" : "") " of " $2 + $3 + $4
          slow[at[1], at[2]] = $7 > $8 ? $7 : $8 }
        function row(name, of,   i, line) { line = "| " name " |"; for (i = 1; i <= n; i++) line = line " " of[fronts[i], name] " |"; print line }
        function head(   i, line, under) { line = "| |"; under = "|---|"; for (i = 1; i <= n; i++) { line = line " " fronts[i] " |"; under = under "---|" } print line; print under }
        END { print "Failed requests:\n"; head(); for (j = 1; j <= m; j++) row(steps[j], cell)
              print "\nThe longest time until an answer, in seconds:\n"; head(); for (j = 1; j <= m; j++) row(steps[j], slow) }'
    printf '\nWhat clients got instead of an answer:\n\n```\n%s\n```\n' "$(cat "$dir/all-failures")"
}
