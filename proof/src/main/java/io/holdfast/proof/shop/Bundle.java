package io.holdfast.proof.shop;

import io.holdfast.proof.history.Wish;
import java.util.List;
import java.util.stream.IntStream;

/// Several wishes in one request, each for itself: whatever becomes of one is nothing to the
/// others.
public record Bundle(String key, List<Wish> wishes) {

  public Bundle {
    wishes = List.copyOf(wishes);
  }

  /// Each with the key under which the shop knows it, also if it is asked alone.
  public List<Intent> intents() {
    return IntStream.range(0, wishes.size())
        .mapToObj(i -> new Intent(key(key, i), wishes.get(i)))
        .toList();
  }

  public static String key(String whole, int index) {
    return whole + "/" + index;
  }
}
