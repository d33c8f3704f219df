package io.holdfast.server.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What else a program is configured by than its options: the environment, properties of the JVM,
/// files in the folder it is started in. The framework would take settings from all of them, past
/// the checks here.
///
/// @param folder where the program was started
record Surroundings(Map<String, String> environment, Collection<String> properties, Path folder) {
  private static final String OWN = "HOLDFAST_";

  private static final List<String> OF_THE_LAUNCHER =
      List.of(
          "HOLDFAST_HOME",
          "HOLDFAST_IS_BUILT",
          "HOLDFAST_JAVA",
          "HOLDFAST_JAVA_HOME",
          "HOLDFAST_JAVA_OPTS",
          "HOLDFAST_ONLY_NAMED_JDKS",
          "HOLDFAST_SERVER_ARCHIVE",
          "HOLDFAST_SERVER_OPTS");

  static Surroundings own() {
    return new Surroundings(
        System.getenv(), System.getProperties().stringPropertyNames(), Path.of(""));
  }

  /// Only what logs is left to the framework's own names.
  ///
  /// @param settings variables that an option of some command is taken from
  void check(Problems problems, Collection<String> settings) {
    Set<String> known = new TreeSet<>(OF_THE_LAUNCHER);
    known.addAll(settings);
    for (String name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith(OWN) && !known.contains(name)) {
        problems.add(
            name + " in the environment is no setting of Holdfast" + Nearest.hint(name, known));
      } else if (name.startsWith("QUARKUS_") && !name.startsWith("QUARKUS_LOG_")) {
        problems.add(name + " in the environment: Holdfast is configured by its options alone");
      }
    }
    for (String name : new TreeSet<>(properties)) {
      if (name.startsWith("quarkus.") && !name.startsWith("quarkus.log.")) {
        problems.add("-D" + name + ": Holdfast is configured by its options alone");
      }
    }
    for (String file : List.of("config/application.properties", ".env")) {
      if (Files.exists(folder.resolve(file))) {
        problems.add(file + " here would change the server: move it, or start elsewhere");
      }
    }
  }
}
