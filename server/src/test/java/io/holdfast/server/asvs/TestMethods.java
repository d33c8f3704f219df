package io.holdfast.server.asvs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// All tests of the repository, `ClassTest.method`, with the files in which they stand. They are
/// read off the sources, since those of other modules are on nobody's class path.
final class TestMethods {
  private static final Pattern ANNOTATION =
      Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|ArchTest)\\b");
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:void (\\w+)\\(|ArchRule (\\w+) =)");

  private final Map<String, TreeSet<Path>> files = new TreeMap<>();

  private TestMethods() {}

  static TestMethods in(Path repository) throws IOException {
    TestMethods found = new TestMethods();
    for (Path file : sources(repository)) {
      String type = file.getFileName().toString().replace(".java", "");
      for (String name : names(Files.readString(file))) {
        found.files.computeIfAbsent(type + "." + name, _ -> new TreeSet<>()).add(file);
      }
    }
    return found;
  }

  /// Behind each annotation, what is declared next.
  private static List<String> names(String source) {
    List<String> names = new ArrayList<>();
    Matcher annotation = ANNOTATION.matcher(source);
    Matcher declared = DECLARED.matcher(source);
    while (annotation.find()) {
      if (declared.find(annotation.end())) {
        names.add(declared.group(1) == null ? declared.group(2) : declared.group(1));
      }
    }
    return names;
  }

  private static List<Path> sources(Path repository) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path folder : folders(repository)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  private static List<Path> folders(Path repository) throws IOException {
    try (Stream<Path> modules = Files.list(repository)) {
      return modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList();
    }
  }

  /// One, unless it is not there or its name says which of two it is to nobody.
  List<Path> files(String name) {
    return List.copyOf(files.getOrDefault(name, new TreeSet<>()));
  }

  int count() {
    return files.size();
  }
}
