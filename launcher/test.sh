# shellcheck shell=sh disable=SC2154 # "holdfast" reads this beside the others
# Runs the whole build with every check and test, and counts what came out.

test_help() {
  cat << 'EOF'
Usage: holdfast test [MAVEN ARGUMENTS]

Builds everything with all checks and tests, lets the prover attack what was built
(every scenario, and the control that must be caught), and ends with the line
  N passed, N failed, N skipped
Exit code 0 if all passed. With arguments, those go to Maven and only its tests run:
  holdfast test -pl stock -am -Dtest='Decision*' -Dsurefire.failIfNoSpecifiedTests=false
EOF
}

# Sums the first line of every report that a test wrote in this run.
count_tests() {
  find "$HOLDFAST_HOME" -path '*/target/surefire-reports/TEST-*.xml' -exec grep -h -m 1 '<testsuite ' {} + |
    awk '
      function count(name,   at) {
        at = match($0, " " name "=\"[0-9]+\"")
        return at ? substr($0, at + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0
      }
      {
        failed += count("failures") + count("errors")
        skipped += count("skipped")
        all += count("tests")
      }
      END { printf "%d passed, %d failed, %d skipped\n", all - failed - skipped, failed, skipped }'
}

# What was built proves itself, and the control that oversells is caught.
prove_built() {
  proven=0
  "$HOLDFAST_HOME/holdfast" prove || proven=$?
  # Inconclusive: too little happened to judge, say no call was under way when the node was killed.
  [ "$proven" != 3 ] || { proven=0 && "$HOLDFAST_HOME/holdfast" prove || proven=$?; }
  [ "$proven" = 0 ] || return 1
  caught=0
  "$HOLDFAST_HOME/holdfast" prove --scenario oversell --control unprotected || caught=$?
  [ "$caught" = 1 ] || say "the prover was to end unprotected with 1 (VIOLATED), not $caught"
  [ "$caught" = 1 ]
}

run_tests() {
  case ${1:-} in
    --help | -h)
      test_help
      exit 0
      ;;
  esac
  find_jdk
  find_maven
  # Maven says 1 for this and for a failed test alike.
  if [ $# -gt 0 ] && ! (cd "$HOLDFAST_HOME" && "$maven" -B -q --version "$@") > /dev/null 2>&1; then
    say "Maven does not know one of: $*. See 'holdfast test --help'."
    exit 2
  fi
  lock_build
  find "$HOLDFAST_HOME" -type d -path '*/target/surefire-reports' -prune -exec rm -rf {} +
  sources=$(fingerprint)
  HOLDFAST_IS_BUILT=yes
  export HOLDFAST_IS_BUILT
  result=0
  # One module's failure hides no other's.
  (cd "$HOLDFAST_HOME" && "$maven" -B -T 2 --fail-at-end verify "$@") || result=$?
  if [ $# -eq 0 ]; then
    sh "$HOLDFAST_HOME/build-checks/launcher-test.sh" || result=1
    prove_built || result=1
  fi
  # All of it was built, so nothing is left to do for the next command.
  if [ "$result" = 0 ] && [ $# -eq 0 ]; then
    rehearse
    printf '%s\n' "$sources" > "$stamp"
  fi
  count_tests
  exit "$result"
}
