package io.holdfast.proof.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is tried, in the order in which it is tried.
public enum Scenario {
  BASIC("100 buyers, 100 units", 1, 1, Fault.NONE),
  OVERSELL("1,000 buyers, 100 units", 2, 1, Fault.NONE),
  PROCESSES("4 client processes with 250 attempts each, 2 nodes, 100 units", 4, 2, Fault.NONE),
  MULTI_LINE("orders of 2 to 5 overlapping items in random order", 2, 2, Fault.NONE),
  RETRY("every answer lost once and asked for again", 2, 2, Fault.LOSE_FIRST_RESPONSE),
  EXPIRY("reservations that run out, and commits racing with that", 2, 2, Fault.NONE),
  CHANGES(
      "the same reservations changed, extended, replaced, committed in part and returned by many",
      4,
      2,
      Fault.LOSE_SOME_RESPONSES),
  LOCATIONS("sales from wherever there is stock, while it is moved and counted", 4, 2, Fault.NONE),
  RESTOCK("10,000 sales and receipts of three items, all mixed", 4, 2, Fault.NONE),
  LIMITS("a few customers in many places at once, each with a limit", 4, 2, Fault.NONE),
  KILL("kill -9 of a node while buyers go on", 2, 2, Fault.KILL_NODE),
  FAULTS("one thing after the other broken while buyers go on", 2, 2, Fault.NONE),
  NUMBERS("40 buyers who place orders, under numbers without gaps", 1, 2, Fault.NONE),
  OUTBOX(
      "200 writers, and whoever is told of what they do: by pages, streams, webhooks",
      1,
      2,
      Fault.NONE),
  PAYMENTS("64 buyers who pay at a provider that loses answers, some too late", 1, 2, Fault.NONE),
  REGISTRATION("1,000 people who want one name, and others theirs", 1, 2, Fault.NONE);

  private final String summary;
  private final int processes;
  private final int nodes;
  private final Fault fault;

  Scenario(String summary, int processes, int nodes, Fault fault) {
    this.summary = summary;
    this.processes = processes;
    this.nodes = nodes;
    this.fault = fault;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String summary() {
    return summary;
  }

  /// Client processes.
  public int processes() {
    return processes;
  }

  /// Server nodes that it takes at least.
  public int nodes() {
    return nodes;
  }

  public Fault fault() {
    return fault;
  }

  /// Whether a shop that only sells one unit of one item can take part.
  public boolean isPlain() {
    return this == BASIC || this == OVERSELL || this == PROCESSES;
  }

  public static Optional<Scenario> named(String word) {
    return Arrays.stream(values()).filter(scenario -> scenario.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Scenario::word).toList();
  }
}
