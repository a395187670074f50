# Runs php-fpm for a JVM, in a session of its own, and ends with it whatever happens to the JVM.
# usage: setsid sh supervise.sh RUN_DIRECTORY php-fpm ARGUMENT...
# Standard input is a pipe that the JVM holds open: its end means that the JVM wants us to end, or is gone, even by SIGKILL.
# The master is never killed first: its workers would outlive it. It leads a process group of its own, with them in it.
run=$1
shift
exec 3<&0 </dev/null
rm -f "$run/fpm.pid"
"$@" 3<&- &
started=$!
# A JVM that is gone reads nothing: what the shell says of a killed child must not end us by SIGPIPE with the work half done.
exec >/dev/null 2>&1
# What was started may be a script around php-fpm: the master says itself who it is.
master() {
    cat "$run/ending" "$run/fpm.pid" 2>/dev/null | grep . | head -n 1 || true
}
(
    trap '' TERM
    while read -r word <&3; do
        # A word from the JVM: to read the configuration anew, or to end in good order. If that takes too long the pipe is closed.
        pid=$(master)
        [ "$word" != reload ] || [ -z "$pid" ] || kill -USR2 "$pid"
        [ "$word" = quit ] || continue
        echo "${pid:-$started}" > "$run/ending"
        kill -QUIT "${pid:-$started}"
    done
    pid=$(master)
    pid=${pid:-$started}
    echo "$pid" > "$run/ending"
    kill -TERM "$pid"
    tries=0
    while kill -0 "$pid" && [ "$tries" -lt 50 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    # Only if something is still there after 5 s, or outlives the master; else the lines below have ended this watcher.
    kill -KILL "-$pid"
    sleep 0.5
    kill -KILL "$started"
) &
watcher=$!
exec 3<&-
wait "$started"
status=$?
pid=$(master)
kill -KILL "$watcher"
# Workers of a master that died by itself: they still hold the JVM's pipe, and would hold its reader.
kill -KILL "-${pid:-$started}"
[ -e "$run/ending" ] && rm -rf "$run"
# What a script around php-fpm has left in our own group.
trap '' TERM
kill -TERM 0
exit "$status"
