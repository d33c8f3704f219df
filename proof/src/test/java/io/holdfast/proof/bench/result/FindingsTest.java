package io.holdfast.proof.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {

  @Test
  void holdsTwoNodesAgainstOneUnderTheSameLoad() throws IOException {
    Finding finding = only(nodes(1, 2_100), nodes(2, 1_800), nodes(2, 2_000), nodes(1, 1_900));
    assertEquals("two nodes / one, combined", finding.finding());
    assertEquals("HTTP, 1 item, 256 callers", finding.under());
    assertEquals(0.95, finding.value(), 1e-9);
  }

  @Test
  void holdsRowLockAgainstPlainJdbcAndNotTheOtherWayRound() throws IOException {
    Finding finding = only(plain("plain-jdbc", 1_000), plain("row-lock", 950));
    assertEquals("row-lock / plain JDBC", finding.finding());
    assertEquals(0.95, finding.value(), 1e-9);
  }

  @Test
  void saysWhatAReservationCostsMoreInAFullDatabase() throws IOException {
    Finding finding = only(stored(0, 2_000), stored(1_000_000, 1_600));
    assertTrue(finding.finding().startsWith("cost with 1,000,000 stored"), finding.finding());
    assertEquals(1.25, finding.value(), 1e-9);
  }

  @Test
  void saysHowManyWereReturnedAndWhatTheBuyersFelt() throws IOException {
    List<Finding> findings =
        findings(
            """
            {"measure":"expiry-buyers","control":"combined","items":10,"callers":0,
             "per_second":1000,"p99_ms":4.0,"expiring":0}""",
            """
            {"measure":"expiry","control":"combined","items":10,"callers":0,
             "per_second":21000,"expiring":100000}""",
            """
            {"measure":"expiry-buyers","control":"combined","items":10,"callers":0,
             "per_second":1000,"p99_ms":6.0,"expiring":100000}""");
    assertEquals(21_000, findings.getFirst().value());
    assertEquals(1.5, findings.getLast().value(), 1e-9);
  }

  @Test
  void holdsTheMedianBesideAFloodAgainstTheOneAlone() throws IOException {
    Finding finding =
        only(
            neighbour(0, 4),
            neighbour(1_000, 9),
            neighbour(1_000, 6),
            neighbour(0, 5),
            neighbour(0, 30),
            neighbour(1_000, 100));
    assertEquals("a shop's p99 beside another's flood / alone", finding.finding());
    assertEquals(9 / 5.0, finding.value(), 1e-9);
  }

  @Test
  void saysWhatNumbersCostOrdersAndWhatCombiningGains() throws IOException {
    List<Finding> findings =
        findings(
            orders("combined", "none", 10_000),
            orders("combined", "gapless", 8_000),
            orders("row-lock", "gapless", 500),
            orders("row-lock", "gapless", 700),
            orders("combined", "gapless", 10_000),
            orders("combined", "none", 10_000));
    assertEquals(2, findings.size(), findings.toString());
    assertEquals(0.9, findings.getFirst().value(), 1e-9);
    assertEquals(15, findings.getLast().value(), 1e-9);
  }

  private static String orders(String control, String numbers, int perSecond) {
    return """
        {"measure":"orders","control":"%s","items":1,"callers":256,"per_second":%d,
         "numbers":"%s"}"""
        .formatted(control, perSecond, numbers);
  }

  private static String neighbour(int flooding, int p99) {
    return """
        {"measure":"neighbour","control":"combined","items":1,"callers":32,"nodes":1,
         "per_second":500,"p99_ms":%d,"flooding":%d}"""
        .formatted(p99, flooding);
  }

  @Test
  void saysNothingOfWhatWasNotMeasured() throws IOException {
    assertEquals(List.of(), findings(http("row-lock", 64, 1_000)));
    assertEquals(List.of(), Findings.of(new Measures(List.of())));
  }

  private static Finding only(String... lines) throws IOException {
    List<Finding> findings = findings(lines);
    assertEquals(1, findings.size(), findings.toString());
    return findings.getFirst();
  }

  private static List<Finding> findings(String... lines) throws IOException {
    List<Measure> measures = new ArrayList<>();
    for (String line : lines) {
      measures.add(Measure.read(line));
    }
    return Findings.of(new Measures(measures));
  }

  private static String http(String control, int callers, int perSecond) {
    return """
        {"measure":"http","control":"%s","items":1,"callers":%d,"nodes":1,"per_second":%d}"""
        .formatted(control, callers, perSecond);
  }

  private static String nodes(int count, int perSecond) {
    return """
        {"measure":"nodes","control":"combined","items":1,"callers":256,"nodes":%d,
         "per_second":%d}"""
        .formatted(count, perSecond);
  }

  private static String plain(String control, int perSecond) {
    return """
        {"measure":"plain-jdbc","control":"%s","items":1,"callers":1,"per_second":%d}"""
        .formatted(control, perSecond);
  }

  private static String stored(long stored, int perSecond) {
    return """
        {"measure":"stored","control":"combined","items":1,"callers":64,"stored":%d,
         "per_second":%d}"""
        .formatted(stored, perSecond);
  }
}
