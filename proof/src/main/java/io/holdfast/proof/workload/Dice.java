package io.holdfast.proof.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// Chance from a seed: the same on every machine.
final class Dice {

  private final RandomGenerator random;

  Dice(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// Below `bound`, from 0 on.
  int below(int bound) {
    return random.nextInt(bound);
  }

  /// From `least` on, below `bound`.
  int between(int least, int bound) {
    return random.nextInt(least, bound);
  }

  <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /// So many different numbers below `bound`, in any order.
  List<Integer> some(int count, int bound) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, bound).boxed().toList());
    shuffle(all);
    return all.subList(0, count);
  }

  Step pause(int leastMillis, int boundMillis) {
    return new Step.Pause(between(leastMillis, boundMillis));
  }

  <T> void shuffle(List<T> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }

  static <T> List<T> repeat(int times, Supplier<? extends T> drawn) {
    List<T> all = new ArrayList<>(times);
    for (int i = 0; i < times; i++) {
      all.add(drawn.get());
    }
    return all;
  }

  /// What is drawn so many times, one after the other.
  static <T> List<T> chain(int times, Supplier<List<T>> drawn) {
    return repeat(times, drawn).stream().flatMap(List::stream).toList();
  }
}
