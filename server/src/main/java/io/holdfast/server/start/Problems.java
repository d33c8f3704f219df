package io.holdfast.server.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What is wrong with how a command was called. All of it is collected before anybody is told, so
/// that a person mends it once and not one by one.
final class Problems {
  private final List<String> found = new ArrayList<>();

  void add(String problem) {
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  void unlessBetween(String option, int min, int max, int chosen) {
    if (chosen < min || chosen > max) {
      add("%s must be between %d and %d, not %d".formatted(option, min, max, chosen));
    }
  }

  /// Whether it is.
  boolean unlessReadable(String option, Path file) {
    boolean isReadable = Files.isRegularFile(file) && Files.isReadable(file);
    if (!isReadable) {
      add(option + ": " + file + " is not there or can't be read");
    }
    return isReadable;
  }

  /// Whether it is.
  boolean unlessPrivate(String option, Path file) {
    boolean isPrivate = PrivateFile.isPrivate(file);
    if (!isPrivate) {
      add(option + ": " + file + " can be read by others: chmod 600 " + file);
    }
    return isPrivate;
  }

  /// Notes what a check refuses.
  void unlessAllowed(Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      add(String.valueOf(e.getMessage()));
    }
  }

  /// What was parsed; empty if that is a problem.
  <T> Optional<T> unlessParsed(Supplier<T> parser) {
    try {
      return Optional.of(parser.get());
    } catch (IllegalArgumentException e) {
      add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<String> all() {
    return List.copyOf(found);
  }
}
