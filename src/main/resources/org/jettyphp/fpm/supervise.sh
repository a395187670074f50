# Runs php-fpm for a JVM, in a session of its own, and ends with it whatever happens to the JVM.
# usage: setsid sh supervise.sh RUN_DIRECTORY php-fpm ARGUMENT...
# Standard input is a pipe that the JVM holds open: its end means that the JVM wants us to end, or is gone, even by SIGKILL.
# The master is never killed first: its workers would outlive it. It leads a process group of its own, with them in it.
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
    kill -KILL "-$master" 2>/dev/null
) &
watcher=$!
exec 3<&-
wait "$master"
status=$?
kill -KILL "$watcher" 2>/dev/null
# Workers of a master that died by itself: they still hold our output, and would hold the JVM's reader.
kill -KILL "-$master" 2>/dev/null
[ -e "$run/ending" ] && rm -rf "$run"
exit "$status"
