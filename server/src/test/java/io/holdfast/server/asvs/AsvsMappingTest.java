package io.holdfast.server.asvs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.asvs.Line.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// `docs/reference/asvs.csv` says of every requirement of level 1 and 2 what is so here, and by
/// what it is held. Whoever renames a test or a section is told who relied on it.
class AsvsMappingTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final Path PAGE = REPOSITORY.resolve("docs/reference/asvs.md");
  private static final String STANDARD = "levels-1-and-2.csv";

  private final List<Line> lines;
  private final TestMethods tests;
  private final Documents documents = new Documents(REPOSITORY);

  AsvsMappingTest() throws IOException {
    lines = Mapping.read(REPOSITORY.resolve("docs/reference/asvs.csv"));
    tests = TestMethods.in(REPOSITORY);
  }

  @Test
  void hasEachRequirementOnce() throws IOException {
    assertEquals(standard(), lines.stream().map(line -> line.id() + "," + line.level()).toList());
  }

  private static List<String> standard() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(AsvsMappingTest.class.getResourceAsStream(STANDARD))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  void saysOfEachWhatIsSoAndWhy() {
    assertNone(
        lines.stream()
            .filter(
                line ->
                    Verdict.of(line.verdict()).isEmpty()
                        || line.requirement().isBlank()
                        || line.remark().isBlank())
            .map(Line::toString));
  }

  @Test
  void namesEvidenceForWhatIsMetAndNoneForWhatIsOpen() {
    assertNone(of(Verdict.MET).filter(line -> line.evidence().isEmpty()).map(Line::id));
    assertNone(of(Verdict.OPEN).filter(line -> !line.evidence().isEmpty()).map(Line::id));
  }

  private Stream<Line> of(Verdict verdict) {
    return lines.stream().filter(line -> line.verdict().equals(verdict.text()));
  }

  @Test
  void namesTestsAndSectionsThatAreThere() {
    assertTrue(tests.count() > 500, "only " + tests.count() + " tests were found");
    assertNone(
        lines.stream()
            .flatMap(
                line ->
                    line.evidence().stream()
                        .filter(one -> !isThere(one))
                        .map(one -> line.id() + ": " + one)));
  }

  private boolean isThere(String evidence) {
    return isSection(evidence) ? documents.has(evidence) : tests.files(evidence).size() == 1;
  }

  private static boolean isSection(String evidence) {
    return evidence.contains("#");
  }

  @Test
  void thePageIsTheMapping(TestReporter reporter) throws IOException {
    reporter.publishEntry("open requirements of ASVS", Long.toString(count(Verdict.OPEN)));
    String table = page();
    Files.writeString(Path.of("target", "asvs.md"), table);
    assertTrue(
        Files.readString(PAGE).endsWith(table),
        "put server/target/asvs.md at the end of docs/reference/asvs.md");
  }

  private String page() {
    StringBuilder page = new StringBuilder(256).append(counts());
    Section last = new Section("", "");
    for (Line line : lines) {
      if (!line.section().chapter().equals(last.chapter())) {
        page.append("\n## %s\n".formatted(line.section().chapter()));
      }
      if (!line.section().equals(last)) {
        page.append("\n### %s\n\n".formatted(line.section().name()));
        page.append("| id | level | requirement | verdict | by what, and why |\n");
        page.append("|---|---|---|---|---|\n");
      }
      page.append(row(line));
      last = line.section();
    }
    return page.toString();
  }

  private String counts() {
    return Stream.of(Verdict.values())
        .map(verdict -> "%d %s".formatted(count(verdict), verdict.text()))
        .collect(Collectors.joining(", ", "Of %d requirements: ".formatted(lines.size()), ".\n"));
  }

  private long count(Verdict verdict) {
    return of(verdict).count();
  }

  private String row(Line line) {
    String evidence = line.evidence().stream().map(this::link).collect(Collectors.joining(", "));
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            line.id(),
            line.level(),
            line.requirement(),
            line.verdict(),
            evidence.isEmpty() ? line.remark() : line.remark() + ": " + evidence);
  }

  private String link(String evidence) {
    if (isSection(evidence)) {
      return "[%s](../../%s)".formatted(evidence.replaceFirst("^docs/", ""), evidence);
    }
    String file =
        tests.files(evidence).stream()
            .map(path -> REPOSITORY.relativize(path).toString())
            .findFirst()
            .orElse("");
    return "[`%s`](../../%s)".formatted(evidence, file);
  }

  private static void assertNone(Stream<String> wrong) {
    assertEquals("", wrong.collect(Collectors.joining("\n")));
  }
}
