package io.holdfast.stock.control;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.transaction.Request;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.IntStream;

/// On which items the reservations lie that this node made last, and of which customers they are. A
/// command about one says only its id, and so would have to be taken to touch anything. What is
/// remembered decides nothing.
///
/// It is remembered in arrays of a fixed size. The places are in groups; its id says to which group
/// a reservation belongs, and the oldest one there makes room for it. As objects, which live just
/// long enough to be copied by each collection of garbage, they were most of its pauses.
final class Whereabouts {
  private static final int GROUP_BITS = 14;
  private static final int GROUP = 4;
  private static final int PLACES = GROUP << GROUP_BITS;

  /// Of a reservation that touches more, nothing is remembered.
  private static final int NAMES = 6;

  private static final int[] NOTHING = {};

  /// What is left of a reservation's id, at its place; zero where there is none.
  private final long[] marks = new long[PLACES];

  private final byte[] counts = new byte[PLACES];
  private final int[] names = new int[PLACES * NAMES];

  /// To be told of requests before they take effect: afterwards somebody may ask.
  synchronized void note(Collection<Request> requests) {
    for (Request request : requests) {
      int[] touched = request.itemsAndCustomers();
      if (touched.length > 0) {
        request.newReservations().forEach(id -> add(mark(id), touched));
        request.reservations().forEach(id -> addTo(mark(id), touched));
      }
    }
  }

  /// Says it to a request that asks for it, if it is known of all its reservations.
  void tell(Request request) {
    if (!request.touchesMore()) {
      return;
    }
    int[] all = NOTHING;
    synchronized (this) {
      for (ReservationId id : request.reservations()) {
        int place = find(mark(id));
        if (place < 0) {
          return;
        }
        all = both(all, namesAt(place));
      }
    }
    request.suppose(all);
  }

  private void add(long mark, int[] touched) {
    int first = group(mark);
    System.arraycopy(marks, first, marks, first + 1, GROUP - 1);
    System.arraycopy(counts, first, counts, first + 1, GROUP - 1);
    System.arraycopy(names, first * NAMES, names, (first + 1) * NAMES, (GROUP - 1) * NAMES);
    put(first, mark, touched);
  }

  private void addTo(long mark, int[] touched) {
    int place = find(mark);
    if (place >= 0) {
      put(place, mark, both(namesAt(place), touched));
    }
  }

  private void put(int place, long mark, int[] touched) {
    if (touched.length > NAMES) {
      marks[place] = 0;
      return;
    }
    marks[place] = mark;
    counts[place] = (byte) touched.length;
    System.arraycopy(touched, 0, names, place * NAMES, touched.length);
  }

  private int find(long mark) {
    int first = group(mark);
    for (int place = first; place < first + GROUP; place++) {
      if (marks[place] == mark) {
        return place;
      }
    }
    return -1;
  }

  private int[] namesAt(int place) {
    return Arrays.copyOfRange(names, place * NAMES, place * NAMES + counts[place]);
  }

  private static int[] both(int[] some, int[] others) {
    return IntStream.concat(Arrays.stream(some), Arrays.stream(others)).distinct().toArray();
  }

  /// Both halves of the id, of which one is mostly random: two ids have the same mark too seldom to
  /// matter.
  private static long mark(ReservationId id) {
    UUID value = id.value();
    return value.getLeastSignificantBits() ^ Long.rotateLeft(value.getMostSignificantBits(), 32);
  }

  private static int group(long mark) {
    return (int) ((mark * 0x9E37_79B9_7F4A_7C15L) >>> (Long.SIZE - GROUP_BITS)) * GROUP;
  }
}
