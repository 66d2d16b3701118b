# shellcheck shell=bash
# setup: what ./run and ./test have in common: progress, Debian packages, building. Sourced by bash.

# shellcheck disable=SC2034 # used by those who source this
build_packages=(
    gcc libc6-dev cmake ninja-build pkg-config
    libh2o-evloop-dev libwslay-dev libssl-dev libmariadb-dev libjansson-dev libjwt-dev libsodium-dev
    libpango1.0-dev libcairo2-dev fonts-noto-core fonts-droid-fallback fonts-dejavu-core
    libcurl4-openssl-dev libgmime-3.0-dev
    mariadb-server-core mariadb-client-core
)

say() {
    printf '%s\n' "$*"
}

# One line of progress, with the seconds since the script began.
step() {
    printf '[%3ds] %s\n' "$SECONDS" "$*"
}

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Names those of the given packages that are not installed.
missing_packages() {
    local name
    for name in "$@"; do
        if [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$name" 2>/dev/null) != installed ]]; then
            printf '%s\n' "$name"
        fi
    done
}

as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "This needs root or sudo. As root, run: $*"
    fi
}

# Installs what is missing; says so and shows what apt does, for it can take minutes.
install_packages() {
    local missing
    command -v dpkg-query >/dev/null ||
        die "This sets itself up on Debian 12. Elsewhere install the like of: $* — and use --no-install."
    mapfile -t missing < <(missing_packages "$@")
    if [[ ${#missing[@]} -eq 0 ]]; then
        return
    fi
    step "Installing ${#missing[@]} packages: ${missing[*]}"
    as_root apt-get -q update
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q install --yes --no-install-recommends "${missing[@]}"
}

check_packages() {
    local missing
    command -v dpkg-query >/dev/null || return 0
    mapfile -t missing < <(missing_packages "$@")
    if [[ ${#missing[@]} -gt 0 ]]; then
        die "These packages are missing: ${missing[*]}
Run without --no-install, or as root: apt-get install ${missing[*]}"
    fi
}

# MariaDB does not run as root when it can be helped; Debian's full server package would make this user.
ensure_mariadb_user() {
    if [[ $EUID -eq 0 ]] && ! getent passwd mysql >/dev/null; then
        step "Adding the system user mysql, whom the private MariaDB runs as"
        useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin mysql
    fi
}

# build PRESET [TARGET…]: configures when that was never done; ninja does the rest itself, and says
# nothing when there is nothing to do.
build() {
    local preset=$1
    shift
    if [[ ! -f build/$preset/build.ninja ]]; then
        step "Configuring build/$preset"
        cmake --preset "$preset" >/dev/null
    fi
    if [[ $(ninja -C "build/$preset" -n "$@") == *"no work to do"* ]]; then
        return
    fi
    step "Building build/$preset"
    ninja -C "build/$preset" "$@"
}
