# shellcheck shell=sh disable=SC2154 # "holdfast" reads this beside the others
# Builds what serve, verify, prove and bench run, when it is missing or older than the sources.

stamp=$HOLDFAST_HOME/target/build.stamp
lock=$HOLDFAST_HOME/target/build.lock
log=$HOLDFAST_HOME/target/build.log

# A sum over the content of all that goes into the build: a changed, added or deleted file changes
# it, and going back to an older version does, whatever the files' times are.
fingerprint() {
  (
    cd "$HOLDFAST_HOME" || exit
    find pom.xml .mvn postgres redis stock stock-testing stock-redis server proof \
      \( -name target -o -path '*/src/test' \) -prune -o -type f -exec cksum {} + |
      LC_ALL=C sort | cksum
  )
}

is_built() {
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$1" ] &&
    [ -f "$HOLDFAST_HOME/server/target/quarkus-app/quarkus-run.jar" ] &&
    [ -d "$HOLDFAST_HOME/proof/target/lib" ]
}

find_maven() {
  if command -v mvn > /dev/null 2>&1; then
    maven=mvn
  elif [ -x "${MAVEN_HOME:-/nonexistent}/bin/mvn" ]; then
    maven=$MAVEN_HOME/bin/mvn
  else
    fail 'Maven 3.8 or newer is missing, and Holdfast is not built yet.' \
      'Install it (apt-get install maven, brew install maven) or put mvn on the path.'
  fi
}

# The lock is a link whose target is the builder's process id: made and readable in one step.
lock_build() {
  mkdir -p "$HOLDFAST_HOME/target" 2> /dev/null || :
  [ -w "$HOLDFAST_HOME/target" ] ||
    fail "$HOLDFAST_HOME/target can't be written, and a build is needed"
  told=
  until ln -s "$$" "$lock" 2> /dev/null; do
    builder=$(readlink "$lock") || continue
    if ! kill -0 "$builder" 2> /dev/null; then
      break_lock "$builder"
      continue
    fi
    if [ -z "$told" ]; then
      say "waiting for the build by process $builder (if there is none, delete $lock)"
      told=yes
    fi
    sleep 1
  done
  trap unlock_build EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

# Of several that find a dead builder's lock, one moves it away; who moved a living one's by mistake
# puts it back.
break_lock() {
  mv "$lock" "$lock.$$" 2> /dev/null || return 0
  if [ "$(readlink "$lock.$$")" = "$1" ]; then
    rm -f "$lock.$$"
  else
    mv "$lock.$$" "$lock"
  fi
}

unlock_build() {
  [ ! -d "$rehearsal" ] || end_rehearsal
  rm -f "$lock"
  trap - EXIT INT TERM HUP
}

# Turns Maven's log into a line for each step that takes time.
show_progress() {
  module=''
  downloads=0
  while IFS= read -r line; do
    printf '%s\n' "$line" >&3
    case $line in
      *'Downloaded from '*)
        downloads=$((downloads + 1))
        [ $((downloads % 100)) -ne 1 ] || printf '  downloading libraries (%s so far)\n' "$downloads"
        ;;
      '[INFO] Building Holdfast'*)
        module=${line#'[INFO] Building '}
        module=${module%% [0-9]*}
        ;;
      '[INFO] --- '*:compile' '*) printf '  %s: compiling\n' "$module" ;;
      '[INFO] --- '*:build' '*) printf '  %s: assembling\n' "$module" ;;
    esac
  done
}

# A warning of the compiler ends a build as well, and only its own line says where it is.
show_build_errors() {
  grep -e '^\[ERROR\] *[^ ]' -e '^\[WARNING\].*\.java:\[' "$log" |
    grep -v -e 'Re-run Maven' -e 'full stack trace' -e '\[Help' -e 'For more information' \
      -e 'After correcting' -e 'mvn <args>' |
    awk '!seen[$0]++ { print "  " $0 }' | head -n 30 >&2
}

build() {
  say "building Holdfast (the whole log goes to $log)"
  rm -rf "$HOLDFAST_HOME/proof/target/lib" "$HOLDFAST_HOME"/proof/target/*.jar
  status=$HOLDFAST_HOME/target/build.status
  # What checks form and tests is left to "test"; the compiler's own checks are part of compiling.
  {
    (
      cd "$HOLDFAST_HOME" || exit
      "$maven" -B -Dstyle.color=never -Dmaven.test.skip=true -Dspotless.check.skip=true \
        -Dcheckstyle.skip=true -pl server,proof -am package < /dev/null 2>&1
    ) && echo 0 > "$status" || echo 1 > "$status"
  } | show_progress 3> "$log" >&2
  if [ "$(cat "$status")" != 0 ]; then
    show_build_errors
    fail "the build failed; the whole log is in $log"
  fi
}

build_if_changed() {
  # A test of the build that starts Holdfast has built it already.
  [ -z "${HOLDFAST_IS_BUILT:-}" ] || return 0
  sources=$(fingerprint)
  is_built "$sources" && return 0
  find_maven
  lock_build
  sources=$(fingerprint)
  if ! is_built "$sources"; then
    build
    rehearse
    printf '%s\n' "$sources" > "$stamp"
    say 'built'
  fi
  unlock_build
}
