#!/bin/sh
# Tests of the launcher, on a copy of it beside a JDK, a Maven and sources that are fakes: the JDK
# tells how it was called, and Maven makes what a build makes. Each test is a function whose name is
# a sentence; it runs in a shell of its own.
# shellcheck disable=SC2123 # the path is meant
set -eu

root=$(cd "$(dirname "$0")/.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tab=$(printf '\t')

# Nothing of the caller's may reach the copy, and no Java or Maven of the machine.
unset HOLDFAST_JAVA_HOME HOLDFAST_JAVA_OPTS HOLDFAST_JAVA HOLDFAST_HOME HOLDFAST_IS_BUILT
unset JAVA_HOME MAVEN_HOME
export HOLDFAST_ONLY_NAMED_JDKS=yes

fake() {
  mkdir -p "$(dirname "$1")"
  cat > "$1"
  chmod +x "$1"
}

# A folder without Java and without Maven, to be the path.
link_tools() {
  mkdir -p "$scratch/tools"
  for tool in awk cat chmod cksum cp dirname find grep head ln ls mkdir mv readlink rm sed sh sleep \
    sort touch tr wc; do
    ln -s "$(command -v "$tool")" "$scratch/tools/$tool"
  done
}

fake_jdk() {
  fake "$1/bin/java" << 'EOF'
#!/bin/sh
echo "pid $$"
echo "in $(pwd -P)"
for argument; do echo "<$argument>"; done
# The prover's answer about the control that oversells.
case " $* " in *' unprotected '*) exit 1 ;; esac
EOF
  fake "$1/bin/javac" < /dev/null
  printf 'JAVA_VERSION="%s"\n' "$2" > "$1/release"
}

fake_maven() {
  fake "$scratch/maven/mvn" << 'EOF'
#!/bin/sh
case " $* " in
  *' --bogus '*) exit 1 ;;
  *' --version '*) exit 0 ;;
esac
echo "with $JAVA_HOME" >> builds
echo '[INFO] Building Holdfast server 0.1.0-SNAPSHOT    [4/5]'
echo '[INFO] --- compiler:3.14.1:compile (default-compile) @ holdfast-server ---'
if [ -f broken ]; then
  echo '[ERROR] Stock.java:[7,1] not a statement'
  exit 1
fi
mkdir -p server/target/quarkus-app proof/target/lib server/target/surefire-reports
touch server/target/quarkus-app/quarkus-run.jar proof/target/holdfast-proof-0.1.0-SNAPSHOT.jar
echo '<testsuite name="A" time="1" tests="9" errors="1" skipped="2" failures="1">' \
  > server/target/surefire-reports/TEST-A.xml
EOF
}

# A home of its own for each test.
set_up() {
  home="$scratch/homes/$1/with a space"
  mkdir -p "$home/.mvn" "$home/build-checks"
  cp -R "$root/holdfast" "$root/launcher" "$home"
  echo 'exit 0' > "$home/build-checks/launcher-test.sh"
  touch "$home/pom.xml" "$home/builds"
  for module in postgres redis stock stock-testing stock-redis server proof; do
    mkdir -p "$home/$module/src/main" "$home/$module/src/test"
    echo "$module" > "$home/$module/src/main/Source.java"
  done
  JAVA_HOME=$scratch/jdk-25
  export JAVA_HOME
  PATH=$scratch/maven:$PATH
  cd "$scratch"
}

# Runs the launcher; leaves its output and its exit code behind.
run() {
  code=0
  output=$("$home/holdfast" "$@" 2>&1) || code=$?
}

expect_code() {
  [ "$code" = "$1" ] || complain "exit code $code instead of $1"
}

expect() {
  printf '%s\n' "$output" | grep -q -e "$1" || complain "no '$1' in the output"
}

expect_builds() {
  builds=$(wc -l < "$home/builds" | tr -d ' ')
  [ "$builds" = "$1" ] || complain "$builds builds instead of $1"
}

complain() {
  printf '%s, which was:\n%s\n' "$1" "$output"
  exit 1
}

shows_every_command_in_its_help() {
  for way in help --help -h; do
    run "$way"
    expect_code 0
    for name in serve verify checkpoint prove bench test help; do expect "^  $name  *[a-z]"; done
  done
  expect_builds 0
}

refuses_no_command_at_all() {
  run
  expect_code 2
  expect '^Usage: '
}

refuses_an_unknown_command_and_names_the_nearest() {
  run sevre
  expect_code 2
  expect "unknown command 'sevre'. Did you mean 'serve'?"
  run frobnicate
  expect_code 2
  expect "unknown command 'frobnicate'. See"
  run help prvoe
  expect_code 2
  expect "Did you mean 'prove'?"
}

refuses_an_unknown_option() {
  run --port 9000
  expect_code 2
  expect "unknown option '--port'"
}

says_where_it_looked_for_a_jdk() {
  JAVA_HOME=$scratch/jdk-21
  run serve
  expect_code 17
  expect 'a JDK 25 is missing'
  expect 'JAVA_HOME .*jdk-21: Java 21'
  expect 'java on the path  *none'
}

refuses_a_named_jdk_of_another_version() {
  HOLDFAST_JAVA_HOME=$scratch/jdk-21
  export HOLDFAST_JAVA_HOME
  run serve
  expect_code 17
  expect 'HOLDFAST_JAVA_HOME is no JDK 25: .*jdk-21: Java 21'
}

prefers_the_named_jdk_and_hands_it_to_maven() {
  HOLDFAST_JAVA_HOME="$scratch/named jdk"
  export HOLDFAST_JAVA_HOME
  run serve
  expect_code 0
  output=$(cat "$home/builds")
  expect '^with .*/named jdk$'
}

finds_the_jdk_that_a_java_on_the_path_belongs_to() {
  unset JAVA_HOME
  mkdir -p "$home/bin"
  ln -s "$scratch/jdk-25/bin/java" "$home/bin/java"
  PATH=$home/bin:$PATH
  run serve
  expect_code 0
  output=$(cat "$home/builds")
  expect "^with $scratch/jdk-25$"
}

says_that_maven_is_missing() {
  PATH=$scratch/tools
  run serve
  expect_code 17
  expect 'Maven 3.8 or newer is missing'
}

builds_once_and_again_after_a_change() {
  run serve
  expect '^  Holdfast server: compiling'
  run verify
  expect_builds 1
  echo more > "$home/stock/src/test/Test.java"
  run serve
  expect_builds 1
  echo more >> "$home/stock/src/main/Source.java"
  run serve
  expect_builds 2
  rm "$home/stock/src/main/Source.java"
  run serve
  expect_builds 3
  touch "$home/.mvn/maven.config"
  run prove
  expect_builds 4
  rm -rf "$home/server/target"
  run serve
  expect_builds 5
}

shows_the_errors_of_a_failed_build_and_tries_again() {
  touch "$home/broken"
  run serve
  expect_code 17
  expect 'Stock.java:\[7,1\] not a statement'
  rm "$home/broken"
  run serve
  expect_code 0
}

gives_the_arguments_on_as_they_are() {
  run serve --data-dir 'a folder' '*'
  expect '^<serve>$'
  expect '^<a folder>$'
  expect '^<\*>$'
  run bench --quick
  expect '^<io.holdfast.proof.Main>$'
  expect '^<bench>$'
  run help prove
  expect '^<prove>$'
  expect '^<--help>$'
}

takes_the_options_of_the_jvm_from_the_environment() {
  HOLDFAST_JAVA_OPTS='-Xmx1g -Dx=*'
  export HOLDFAST_JAVA_OPTS
  run serve
  expect '^<-Xmx1g>$'
  expect '^<-Dx=\*>$'
}

works_through_a_link_and_stays_where_the_caller_is() {
  mkdir -p "$home/elsewhere" "$home/links"
  ln -s '../holdfast' "$home/links/one"
  ln -s "$home/links/one" "$home/elsewhere/two"
  cd "$home/elsewhere"
  code=0
  output=$(./two serve 2>&1) || code=$?
  expect_code 0
  expect "^in .*/elsewhere$"
}

becomes_the_jvm() {
  run serve
  "$home/holdfast" serve > "$home/output" &
  started=$!
  wait "$started"
  output=$(cat "$home/output")
  expect "^pid $started$"
}

builds_once_for_launchers_at_the_same_time() {
  for _ in 1 2 3 4; do "$home/holdfast" serve > /dev/null 2>&1 & done
  wait
  output=
  expect_builds 1
}

breaks_the_lock_of_a_build_that_was_killed() {
  mkdir -p "$home/target"
  sh -c 'echo $$' > "$home/dead"
  ln -s "$(cat "$home/dead")" "$home/target/build.lock"
  run serve
  expect_code 0
  expect_builds 1
}

counts_the_tests_and_keeps_the_exit_code() {
  run test
  expect_code 0
  run serve
  expect_builds 1
  run test
  [ "$(printf '%s\n' "$output" | sed -n '$p')" = '5 passed, 2 failed, 2 skipped' ] ||
    complain 'another last line'
  touch "$home/broken"
  run test -q
  expect_code 1
  expect '^0 passed, 0 failed, 0 skipped$'
  run test --bogus
  expect_code 2
  expect "See 'holdfast test --help'"
  run test --help
  expect_code 0
  expect '^Usage: holdfast test'
}

link_tools
PATH=$scratch/tools
fake_jdk "$scratch/jdk-25" 25.0.3
fake_jdk "$scratch/named jdk" 25.0.1
fake_jdk "$scratch/jdk-21" 21.0.9
fake_maven

sed -n '/^shows_every_command/,$s/^\([a-z_]*\)() {$/\1/p' "$root/build-checks/launcher-test.sh" \
  > "$scratch/tests"
passed=0 failed=0
while read -r test; do
  if said=$(set_up "$test" && "$test"); then
    passed=$((passed + 1))
    printf 'ok      %s\n' "$test"
  else
    failed=$((failed + 1))
    printf 'FAILED  %s%s%s\n' "$test" "$tab" "$said"
  fi
done < "$scratch/tests"

# In the form of the other tests' reports, so that one sum counts them all.
mkdir -p "$root/target/surefire-reports"
printf '<testsuite name="launcher" tests="%s" errors="0" skipped="0" failures="%s"></testsuite>\n' \
  $((passed + failed)) "$failed" > "$root/target/surefire-reports/TEST-launcher.xml"
[ "$failed" = 0 ]
