package io.holdfast.proof.webhook;

import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.feed.CloudEvent;
import java.util.List;
import java.util.Optional;

/// Whether there was a webhook.
public sealed interface Subscription {

  /// What was sent, in the order in which it arrived.
  List<Delivery> deliveries();

  /// Whether what was sent is right.
  ///
  /// @param feed all events behind the position of the webhook
  Verdict judge(List<CloudEvent> feed);

  /// Whether there is nothing that it still has to be sent.
  boolean hasAll(List<CloudEvent> feed);

  /// What it failed to exercise.
  Optional<String> missing();

  record Taken(Hook hook, List<Delivery> deliveries) implements Subscription {
    public Taken {
      deliveries = List.copyOf(deliveries);
    }

    @Override
    public Verdict judge(List<CloudEvent> feed) {
      return delivered(feed).judge();
    }

    @Override
    public boolean hasAll(List<CloudEvent> feed) {
      return delivered(feed).missing().isEmpty();
    }

    private Delivered delivered(List<CloudEvent> feed) {
      return new Delivered(hook, feed, deliveries);
    }

    @Override
    public Optional<String> missing() {
      return delivered(List.of()).retries() == 0
          ? Optional.of("no webhook was sent again")
          : Optional.empty();
    }
  }

  record LeftOut(String why) implements Subscription {
    @Override
    public List<Delivery> deliveries() {
      return List.of();
    }

    @Override
    public Verdict judge(List<CloudEvent> feed) {
      return new Verdict.NotChecked("webhooks: " + why);
    }

    @Override
    public boolean hasAll(List<CloudEvent> feed) {
      return true;
    }

    @Override
    public Optional<String> missing() {
      return Optional.empty();
    }
  }
}
