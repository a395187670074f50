# shellcheck shell=bash
# Sourced by ./run and src/bench/run: what the JVM is told beyond its defaults. The figures are in src/site/markdown/performance.md.

# Sets jvm: the collector, the heap to begin with, which grows with the load, and when the compiler does its work.
jvm_flags() {
    jvm=()
    if [ "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" -le 2 ]; then
        # By itself the JVM takes this collector on one core only. What waits for a worker outlives small collections: where much does, there is to be room.
        jvm+=(-XX:+UseSerialGC -Xms32m -XX:NewSize=16m -XX:NewRatio=1 -XX:MinHeapFreeRatio=90 -XX:MaxHeapFreeRatio=95)
        # Twice the calls before a method is compiled: the compiler takes the cores from the start itself.
        jvm+=(-XX:CompileThresholdScaling=2)
        # The JVM warns where the system has them off.
        ! grep -qE '\[(always|madvise)\]' /sys/kernel/mm/transparent_hugepage/enabled 2>/dev/null || jvm+=(-XX:+UseTransparentHugePages)
    fi
    # A server that starts under full load is fast when it is compiled. Linux lets root's threads go before others, who are only warned that it may not.
    [ "$(id -u)" -ne 0 ] || jvm+=(-XX:ThreadPriorityPolicy=1 -XX:CompilerThreadPriority=-10)
}

# Adds to jvm an archive of loaded classes. $1: the standalone jar; the archive lies beside it. It is written when the server ends for the first
# time, used from then on, and written again for another jar or JDK. Nothing depends on it: a JVM that cannot use it starts without.
jvm_archive() {
    local version archive
    version=$(jdk_version "$JAVA_HOME")
    archive=${1%.jar}-jdk$version
    if [ "$version" -ge 25 ]; then
        jvm+=(-Xlog:aot=off)
        if [ "$archive.aot" -nt "$1" ]; then jvm+=("-XX:AOTCache=$archive.aot")
        elif [ -w "${1%/*}" ]; then jvm+=("-XX:AOTCacheOutput=$archive.aot")
        fi
    else
        jvm+=(-Xlog:cds=off -Xlog:cds+dynamic=off)
        if [ "$archive.jsa" -nt "$1" ]; then jvm+=("-XX:SharedArchiveFile=$archive.jsa")
        elif [ -w "${1%/*}" ]; then jvm+=("-XX:ArchiveClassesAtExit=$archive.jsa")
        fi
    fi
}
