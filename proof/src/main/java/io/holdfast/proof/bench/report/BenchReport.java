package io.holdfast.proof.bench.report;

import io.holdfast.proof.bench.result.Measures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Curves and page in a folder.
public final class BenchReport {
  /// The page's name.
  public static final String PAGE = "index.html";

  private BenchReport() {}

  /// @param machine what it was measured on
  /// @param command that reproduces it
  /// @param warn told what could not be drawn
  /// @return the page
  public static Path write(
      Path folder,
      Measures measures,
      Map<String, Object> machine,
      String command,
      Consumer<String> warn)
      throws IOException {
    // There may be no screen, and none is needed.
    System.setProperty("java.awt.headless", "true");
    Files.createDirectories(folder);
    List<Curve> drawn = new ArrayList<>();
    for (Curve curve : Curve.of(measures)) {
      try {
        Drawing.write(curve, folder);
        drawn.add(curve);
      } catch (UncheckedIOException | LinkageError | InternalError | IllegalStateException e) {
        warn.accept("no picture of " + curve.file() + ": this Java finds no fonts (" + e + ")");
      }
    }
    Path page = folder.resolve(PAGE);
    String html = Page.of(measures, drawn, machine, command);
    return Files.writeString(page, html, StandardCharsets.UTF_8);
  }
}
