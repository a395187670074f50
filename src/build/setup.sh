# Sourced by ./run and ./test: brings a machine to where the project can be built. Needs bash, and apt on Debian and Ubuntu.

say() { printf '==> %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# A JVM that can compile, 17 or newer.
has_jdk() {
    local javac version
    javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
    command -v "$javac" >/dev/null 2>&1 || return 1
    version=$("$javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [ -n "$version" ] && [ "$version" -ge 17 ]
}

has_php_fpm() {
    local directory
    for directory in ${PATH//:/ } /usr/sbin /usr/local/sbin /opt/homebrew/sbin; do
        compgen -G "$directory/php-fpm*" >/dev/null && return 0
    done
    return 1
}

# The Maven wrapper loads Maven with one of these.
has_downloader() { command -v curl >/dev/null 2>&1 || command -v wget >/dev/null 2>&1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else fail "this needs root, and there is no sudo: $*"
    fi
}

# Debian's php-fpm starts a service of its own when it is installed, which nobody asked for here.
apt_install() {
    local policy=/usr/sbin/policy-rc.d ours=no status=0
    say "installing with apt: $*"
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
        as_root chmod +x $policy
        ours=yes
    fi
    as_root apt-get update -qq </dev/null || status=$?
    [ $status -eq 0 ] && { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null || status=$?; }
    [ $ours = yes ] && as_root rm -f $policy
    [ $status -eq 0 ] || fail "apt could not install: $*"
}

install_missing() {
    local missing=("$@")
    [ ${#missing[@]} -eq 0 ] && return
    if command -v apt-get >/dev/null 2>&1; then
        apt_install "${missing[@]}"
        return
    fi
    printf 'Missing: %s. Install it and start again:\n' "${missing[*]}" >&2
    if command -v dnf >/dev/null 2>&1; then echo "  sudo dnf install java-21-openjdk-devel php-fpm curl unzip" >&2
    elif command -v apk >/dev/null 2>&1; then echo "  sudo apk add openjdk21 php83-fpm curl bash unzip" >&2
    elif command -v brew >/dev/null 2>&1; then echo "  brew install openjdk php" >&2
    else echo "  a JDK (17 or newer), php-fpm, and curl" >&2
    fi
    exit 1
}

set_up() {
    local missing=()
    has_jdk || missing+=(openjdk-17-jdk-headless)
    has_php_fpm || missing+=(php-fpm)
    has_downloader || missing+=(curl ca-certificates)
    command -v unzip >/dev/null 2>&1 || missing+=(unzip)
    if [[ " ${missing[*]} " == *" openjdk-17-jdk-headless "* ]] && command -v apt-cache >/dev/null 2>&1; then
        as_root apt-get update -qq </dev/null || true
        # Newer Debians have newer JDKs only; the default one is at least 17 since Debian 12 and Ubuntu 24.04.
        [ -n "$(apt-cache policy openjdk-17-jdk-headless 2>/dev/null | sed -n 's/ *Candidate: \([0-9].*\)/\1/p')" ] \
            || missing=("${missing[@]/openjdk-17-jdk-headless/default-jdk-headless}")
    fi
    install_missing "${missing[@]}"
    has_jdk || fail "no JDK 17 or newer was found${JAVA_HOME:+ (JAVA_HOME is $JAVA_HOME)}"
    # Without a UTF-8 locale Java cannot open files with names beyond ASCII.
    case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
        *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
        *) export LC_ALL=C.UTF-8 ;;
    esac
}
