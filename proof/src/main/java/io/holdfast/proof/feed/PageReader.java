package io.holdfast.proof.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.shop.Nodes;
import io.holdfast.proof.shop.Try;
import java.util.ArrayList;
import java.util.List;

/// Reads the feed page by page, each behind the `next` of the one before: from one node, and from
/// the one beside it when that gives no answer. For one thread, but for its position.
public final class PageReader {
  private static final int PAUSE_MILLIS = 50;

  private final String name;
  private final Nodes nodes;
  private final int node;
  private final int limit;
  private final long after;
  private final List<CloudEvent> events = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private volatile long position;
  private boolean isRefused;

  /// @param after the position to begin behind
  public PageReader(Nodes nodes, int node, int limit, long after) {
    this.name = "the reader of pages of %d from node %d".formatted(limit, node);
    this.nodes = nodes;
    this.node = node;
    this.limit = limit;
    this.after = after;
    this.position = after;
  }

  /// Reads until there is no more for now.
  ///
  /// @return itself
  public PageReader readAll() {
    long from;
    do {
      from = position;
      readPage();
    } while (position > from);
    return this;
  }

  /// Reads whatever comes until somebody has heard enough.
  void readOn(Audience audience) {
    while (!audience.isOver()) {
      readAll();
      Ticker.pauseMillis(PAUSE_MILLIS);
    }
  }

  private void readPage() {
    String path = "/v1/events?after=%d&limit=%d".formatted(position, limit);
    Try answer = nodes.get(node, path);
    if (!answer.isDefinite()) {
      answer = nodes.get(node + 1, path);
    }
    if (answer.status() == 200) {
      take(answer.json());
    } else if (answer.isDefinite() && !isRefused) {
      isRefused = true;
      faults.add("%s was told %d %s".formatted(path, answer.status(), answer.body()));
    }
  }

  private void take(JsonNode page) {
    long last = position;
    for (JsonNode event : page.path("events")) {
      CloudEvent told = CloudEvent.of(event);
      events.add(told);
      last = told.position();
    }
    long next = CloudEvent.position(page.path("next").asText());
    if (next != last) {
      faults.add("a page behind %d ends with %d, and %d is next".formatted(position, last, next));
    }
    position = Math.max(position, next);
  }

  public long position() {
    return position;
  }

  public Reading reading() {
    return new Reading(name, after, events, faults, 0);
  }

  public List<CloudEvent> events() {
    return List.copyOf(events);
  }
}
