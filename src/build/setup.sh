# shellcheck shell=bash
# Sourced by ./run and ./test: brings a machine to where the project can be built. Needs bash (3.2 will do), and apt on Debian and Ubuntu.

say() { printf '==> %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# The major version of the JDK in a directory, 0 if there is none: a JRE cannot build.
jdk_version() {
    local version
    version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p') || true
    echo "${version:-0}"
}

# Sets JAVA_HOME to a JDK of 17 or newer: the one that is named there, the one on PATH, or any other.
find_jdk() {
    local home javac
    javac=$(command -v javac) && javac=$(readlink -f "$javac" 2>/dev/null || echo "$javac")
    for home in "${JAVA_HOME:-}" "${javac%/bin/javac}" /usr/lib/jvm/* /opt/homebrew/opt/openjdk* /usr/local/opt/openjdk* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$home" ] && [ -x "$home/bin/javac" ] && [ "$(jdk_version "$home")" -ge 17 ]; then
            [ "${JAVA_HOME:-$home}" = "$home" ] || say "JAVA_HOME is $JAVA_HOME, which is no JDK of 17 or newer; taking $home"
            export JAVA_HOME=$home
            return
        fi
    done
    return 1
}

has_php_fpm() {
    local directory directories
    IFS=: read -r -a directories <<<"$PATH:/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin"
    for directory in "${directories[@]}"; do
        compgen -G "$directory/php-fpm*" >/dev/null && return
    done
    return 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    else sudo "$@"
    fi
}

# Debian's php-fpm starts a service of its own when it is installed, and again with the machine: nobody asked for that here.
policy=/usr/sbin/policy-rc.d
forbid_services() {
    [ ! -e $policy ] || return 0
    trap allow_services EXIT
    as_root sh -c "printf '#!/bin/sh\n# jetty-php-fpm: for the time of an installation\nexit 101\n' >$policy && chmod 755 $policy"
}
allow_services() {
    as_root rm -f $policy
    trap - EXIT
}

apt_get() {
    local log status=0
    log=$(mktemp)
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" </dev/null >"$log" 2>&1 || status=$?
    [ $status -eq 0 ] || tail -n 20 "$log" >&2
    rm -f "$log"
    return $status
}

# $1: what is missing: jdk, php-fpm, and programs named as their packages are.
install_with_apt() {
    local packages=" $1 " service command="apt-get install -y --no-install-recommends"
    if [ "$(id -u)" -ne 0 ]; then
        say "installing${packages% } needs root"
        { command -v sudo >/dev/null && sudo true; } ||
            fail "there is no way to become root here; have it done: apt-get update && $command${packages/ jdk / default-jdk-headless }"
    fi
    say "reading the list of packages: apt-get update"
    apt_get update || say "some lists could not be read; going on with what is there"
    if [[ $packages == *" jdk "* ]]; then
        # Debian 11 and Ubuntu 22.04 have an older default, Debian 13 has no 17.
        if [ -n "$(apt-cache -q madison openjdk-17-jdk-headless 2>/dev/null)" ]; then packages=${packages/ jdk / openjdk-17-jdk-headless }
        else packages=${packages/ jdk / default-jdk-headless }
        fi
    fi
    say "installing (a minute or two): $command${packages% }"
    forbid_services
    # shellcheck disable=SC2086 # a list of words
    apt_get install -y --no-install-recommends $packages || fail "apt could not do it: $command${packages% }"
    allow_services
    if [[ $packages == *" php-fpm "* ]] && command -v systemctl >/dev/null; then
        for service in /lib/systemd/system/php*-fpm.service; do
            [ -e "$service" ] || continue
            as_root systemctl --quiet disable "${service##*/}" >/dev/null 2>&1 || say "could not switch off ${service##*/}; it will start with the machine"
        done
    fi
}

install_missing() {
    if command -v apt-get >/dev/null; then
        install_with_apt "$1"
        return
    fi
    printf 'Missing: %s. Install it and start again:\n' "$1" >&2
    if command -v dnf >/dev/null; then echo "  sudo dnf install -y java-21-openjdk-devel php-fpm unzip curl haproxy" >&2
    elif command -v apk >/dev/null; then echo "  sudo apk add openjdk21-jdk php83-fpm unzip curl haproxy" >&2
    elif command -v brew >/dev/null; then echo "  brew install openjdk php" >&2
    else echo "  a JDK (17 or newer), php-fpm, unzip and curl, with the package manager of this system" >&2
    fi
    exit 1
}

# The newest JDK of this machine: of those the system's package manager knows, and of JAVA_HOME.
newest_jdk() {
    local home version best=0 newest
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/homebrew/opt/openjdk* /usr/local/opt/openjdk* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -x "$home/bin/javac" ] || continue
        version=$(jdk_version "$home")
        if [ "$version" -gt "$best" ]; then
            best=$version
            newest=$home
        fi
    done
    echo "$newest"
}

# Arguments: programs that are needed besides, named as their packages are, or program=package.
set_up() {
    local missing="" program
    find_jdk || missing+=" jdk"
    has_php_fpm || missing+=" php-fpm"
    for program in "$@"; do
        command -v "${program%%=*}" >/dev/null || missing+=" ${program##*=}"
    done
    [ -z "$missing" ] || install_missing "${missing# }"
    find_jdk || fail "no JDK 17 or newer was found"
    # Newer JDKs warn of what Maven's own libraries do, which is no concern of who builds here.
    [ "$(jdk_version "$JAVA_HOME")" -lt 24 ] || export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"
    # Without a UTF-8 locale Java cannot open files with names beyond ASCII.
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
        *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
        *) export LANG=C.UTF-8 LC_ALL=C.UTF-8 ;;
    esac
}
