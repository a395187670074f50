# Runs php-fpm for a JVM, in a session of its own, and ends with it whatever happens to the JVM.
# usage: setsid sh supervise.sh RUN_DIRECTORY php-fpm ARGUMENT...
# Standard input is a pipe that the JVM holds open: its end means that the JVM wants us to end, or is gone, even by SIGKILL.
# The master is never killed first: its workers would outlive it.
run=$1
shift
exec 3<&0 </dev/null
"$@" 3<&- &
master=$!
(
    trap '' TERM
    while read -r nothing <&3; do :; done
    : > "$run/ending"
    kill -TERM "$master" 2>/dev/null
    tries=0
    while kill -0 "$master" 2>/dev/null && [ "$tries" -lt 50 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    # Only if the master is still there after 5 s; else the lines below have ended this watcher.
    rm -rf "$run"
    kill -KILL 0
) &
watcher=$!
exec 3<&-
wait "$master"
status=$?
kill -KILL "$watcher"
[ -e "$run/ending" ] && rm -rf "$run"
# Workers of a master that died by itself.
trap 'exit "$status"' TERM
kill -TERM 0
exit "$status"
