package io.holdfast.stock.control;

import io.holdfast.stock.transaction.Request;
import java.util.Arrays;

/// The rows that some requests touch, so far as that is known. One that touches others, too, meets
/// everybody.
///
/// A table of the rows' names with linear probing: it is gone through for each who waits, at the
/// start and at the end of each batch. A name keeps its place when nobody has it any more, until
/// the table is full.
final class Touched {
  private static final int SMALLEST = 16;

  private int[] names = new int[SMALLEST];

  /// How many requests touch the row of that name, and one; zero where there is no name.
  private int[] counts = new int[SMALLEST];

  private int places;
  private int requests;
  private int withMore;

  void add(Request request) {
    requests++;
    withMore += request.touchesMore() ? 1 : 0;
    for (int name : request.touched()) {
      int place = placeOf(name);
      counts[place]++;
    }
  }

  void remove(Request request) {
    requests--;
    withMore -= request.touchesMore() ? 1 : 0;
    for (int name : request.touched()) {
      counts[find(name)]--;
    }
  }

  void clear() {
    if (places > 0) {
      Arrays.fill(counts, 0);
      places = 0;
    }
    requests = 0;
    withMore = 0;
  }

  /// Whether `request` may touch a row that one of these touches.
  boolean meets(Request request) {
    if (requests == 0) {
      return false;
    }
    if (withMore > 0 || request.touchesMore()) {
      return true;
    }
    for (int name : request.touched()) {
      if (counts[find(name)] > 1) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return requests == 0;
  }

  /// Where the name is, or would be.
  private int find(int name) {
    int last = names.length - 1;
    int place = (name * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(last);
    while (counts[place] > 0 && names[place] != name) {
      place = (place + 1) & last;
    }
    return place;
  }

  private int placeOf(int name) {
    int place = find(name);
    if (counts[place] == 0) {
      if (2 * (places + 1) > names.length) {
        makeRoom();
        place = find(name);
      }
      places++;
      names[place] = name;
      counts[place] = 1;
    }
    return place;
  }

  /// Drops the names that nobody has, and doubles the table if they are few.
  private void makeRoom() {
    int[] oldNames = names;
    int[] oldCounts = counts;
    int used = 0;
    for (int count : oldCounts) {
      used += count > 1 ? 1 : 0;
    }
    int length = 4 * used > names.length ? 2 * names.length : names.length;
    names = new int[length];
    counts = new int[length];
    places = used;
    for (int i = 0; i < oldNames.length; i++) {
      if (oldCounts[i] > 1) {
        int place = find(oldNames[i]);
        names[place] = oldNames[i];
        counts[place] = oldCounts[i];
      }
    }
  }
}
