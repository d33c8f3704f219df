package io.holdfast.server.event;

import java.util.Arrays;
import java.util.List;

/// Which types of events somebody wants: some of them, all of a kind (`order.*`), or all (`*`).
public record TypeFilter(List<String> wanted) {
  private static final int MAX_WANTED = 20;
  public static final TypeFilter ALL = new TypeFilter(List.of("*"));

  private static final String ANY = "*";

  /// @throws IllegalArgumentException if there is nothing that it could mean
  public TypeFilter {
    wanted = List.copyOf(wanted);
    if (wanted.isEmpty() || wanted.size() > MAX_WANTED) {
      throw new IllegalArgumentException("must be 1 to " + MAX_WANTED + " types");
    }
    wanted.forEach(TypeFilter::check);
  }

  /// With commas between them.
  static TypeFilter parse(String text) {
    return new TypeFilter(Arrays.asList(text.split(",", -1)));
  }

  private static void check(String one) {
    if (Arrays.stream(EventType.values()).noneMatch(type -> isMeant(one, type.code()))) {
      throw new IllegalArgumentException("has a type that there is not: " + one);
    }
  }

  boolean isFor(String type) {
    return wanted.stream().anyMatch(one -> isMeant(one, type));
  }

  private static boolean isMeant(String one, String type) {
    return one.equals(ANY)
        || one.equals(type)
        || (one.endsWith(".*") && type.startsWith(one.substring(0, one.length() - 1)));
  }
}
