# shellcheck shell=sh disable=SC2154 # "holdfast" reads this beside the others
# Lets a new build serve once on a folder of its own, to keep the classes that a start loads in an
# archive that the JVM maps: a third of a start's work is gone. Without it a start is slower, no more.

archive=$HOLDFAST_HOME/server/target/classes.jsa
rehearsal=$HOLDFAST_HOME/target/rehearsal

# The option that uses the archive, as one word; the JVM checks that it fits and says nothing if not.
archive_opt() {
  [ -f "$archive" ] && printf '%s' "-XX:SharedArchiveFile=$archive"
}

rehearse() {
  rm -rf "$rehearsal" "$archive"
  mkdir -p "$rehearsal"
  printf '  Holdfast server: rehearsing a start\n' >&2
  {
    # shellcheck disable=SC2086,SC2016 # options are words; the inner shell tells its own id
    sh -c 'echo "$$" > "$0"; exec "$@"' "$rehearsal/pid" \
      "$HOLDFAST_JAVA" $server_java_opts $always_java_opts -XX:ArchiveClassesAtExit="$archive.new" \
      -jar "$HOLDFAST_HOME/server/target/quarkus-app/quarkus-run.jar" \
      serve --port 0 --data-dir "$rehearsal/data" || :
    echo 'rehearsal ended'
  } > "$rehearsal/output" 2>&1 < /dev/null &
  waits=0
  until grep -q -e 'is ready' -e 'rehearsal ended' "$rehearsal/output" || [ $waits = 300 ]; do
    waits=$((waits + 1))
    sleep 0.2
  done
  end_rehearsal
  mv "$archive.new" "$archive" 2> /dev/null || :
}

end_rehearsal() {
  [ ! -f "$rehearsal/pid" ] || kill "$(cat "$rehearsal/pid")" 2> /dev/null || :
  wait
  rm -rf "$rehearsal"
}
