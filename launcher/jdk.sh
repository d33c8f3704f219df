# shellcheck shell=sh
# Finds a JDK 25, and says where it looked when there is none.

# Prints the version of the Java in a folder, such as 25; nothing when there is no Java in it.
java_version() {
  version=
  [ -n "$1" ] && [ -x "$1/bin/java" ] || return 0
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2> /dev/null || :)
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
  fi
  printf '%s' "$version"
}

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ "$(java_version "$1")" = 25 ]
}

# What a folder has instead, in words.
described() {
  version=$(java_version "$1")
  case $1:$version in
    :) printf 'none' ;;
    *:) printf '%s: no Java in it' "$1" ;;
    *:25) printf '%s: Java 25 without a compiler' "$1" ;;
    *) printf '%s: Java %s' "$1" "$version" ;;
  esac
}

# Where the java on the path lives. A link leads there; a script that stands for it has to be asked.
java_home_on_path() {
  found=$(command -v java 2> /dev/null) || return 0
  while [ -L "$found" ]; do
    link=$(readlink "$found")
    case $link in
      /*) found=$link ;;
      *) found=$(dirname "$found")/$link ;;
    esac
  done
  found=$(dirname "$(dirname "$found")")
  if [ ! -f "$found/release" ] || [ "$found" = /usr ]; then
    found=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p') || :
  fi
  printf '%s' "$found"
}

use_jdk() {
  JAVA_HOME=$1
  HOLDFAST_JAVA=$1/bin/java
  export JAVA_HOME HOLDFAST_JAVA
}

find_jdk() {
  HOLDFAST_JAVA=
  if [ -n "${HOLDFAST_JAVA_HOME:-}" ]; then
    is_jdk_25 "$HOLDFAST_JAVA_HOME" ||
      fail "HOLDFAST_JAVA_HOME is no JDK 25: $(described "$HOLDFAST_JAVA_HOME")"
    use_jdk "$HOLDFAST_JAVA_HOME"
    return
  fi
  if [ -n "${JAVA_HOME:-}" ] && is_jdk_25 "$JAVA_HOME"; then
    use_jdk "$JAVA_HOME"
    return
  fi
  on_path=$(java_home_on_path)
  if [ -n "$on_path" ] && is_jdk_25 "$on_path"; then
    use_jdk "$on_path"
    return
  fi
  # A test of this script that hides the machine's own JDKs sets this.
  [ -n "${HOLDFAST_ONLY_NAMED_JDKS:-}" ] || find_installed_jdk
  [ -n "${HOLDFAST_JAVA:-}" ] || no_jdk
}

find_installed_jdk() {
  by_system=
  if [ -x /usr/libexec/java_home ]; then
    by_system=$(/usr/libexec/java_home -v 25 2> /dev/null || :)
  fi
  for jdk in "$by_system" /usr/lib/jvm/* /usr/java/* /opt/* /opt/*/* "${HOME:-}"/.jdks/* \
    "${HOME:-}"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk_25 "$jdk"; then
      use_jdk "$jdk"
      return
    fi
  done
}

no_jdk() {
  cat >&2 << EOF
holdfast: a JDK 25 is missing. Looked at:
  HOLDFAST_JAVA_HOME   not set
  JAVA_HOME            $(described "${JAVA_HOME:-}")
  java on the path     $(described "$on_path")
  /usr/lib/jvm, /usr/java, /opt, ~/.sdkman/candidates/java, ~/.jdks, /Library/Java
Install one (Eclipse Temurin 25, or your system's openjdk-25-jdk), or name its folder:
  HOLDFAST_JAVA_HOME=/path/to/jdk-25 ./holdfast ...
EOF
  exit 17
}
