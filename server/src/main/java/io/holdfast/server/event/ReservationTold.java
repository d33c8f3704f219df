package io.holdfast.server.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockedLine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What others are told of a reservation: what the outcome has. The rest is left out.
///
/// @param missing what was not there, when the buyer was content with less
/// @param released what was given back, when only a part was committed
/// @param replaces the reservation that it took the place of, which has ended if it had not before
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReservationTold(
    String reservation,
    @Nullable String customer,
    @Nullable List<OneLine> lines,
    @Nullable List<MissingLine> missing,
    @Nullable List<OneLine> released,
    @Nullable String replaces,
    @Nullable Instant expiresAt) {

  /// @param location where it is served from
  private record OneLine(String sku, String location, long quantity) {
    static List<OneLine> of(List<StockedLine> lines) {
      return lines.stream()
          .map(l -> new OneLine(l.sku().value(), l.location().value(), l.quantity()))
          .toList();
    }
  }

  private record MissingLine(String sku, @Nullable String location, long quantity) {
    static MissingLine of(Line line) {
      LocationId location = line.location();
      return new MissingLine(
          line.sku().value(), location == null ? null : location.value(), line.quantity());
    }
  }

  /// It has ended, or some of it came back.
  static ReservationTold of(ReservationId id, List<StockedLine> lines) {
    return new ReservationTold(id.toString(), null, OneLine.of(lines), null, null, null, null);
  }

  /// @param lines null: those that it had before
  static ReservationTold held(
      ReservationId id, @Nullable List<StockedLine> lines, Instant expiresAt) {
    return new ReservationTold(
        id.toString(), null, lines == null ? null : OneLine.of(lines), null, null, null, expiresAt);
  }

  /// @param command that it was reserved by; null: it is not known
  static ReservationTold reserved(Outcome.Reserved it, @Nullable Command command) {
    ReservationId replaces = command instanceof Command.Reserve by ? by.replaces() : null;
    return new ReservationTold(
        it.reservation().toString(),
        reference(it.customer()),
        OneLine.of(it.lines()),
        it.missing().isEmpty() ? null : it.missing().stream().map(MissingLine::of).toList(),
        null,
        replaces == null ? null : replaces.toString(),
        it.expiresAt());
  }

  static ReservationTold committed(Outcome.Committed it) {
    return new ReservationTold(
        it.reservation().toString(),
        null,
        OneLine.of(it.lines()),
        null,
        it.released().isEmpty() ? null : OneLine.of(it.released()),
        null,
        null);
  }

  static ReservationTold purchased(Outcome.Purchased it) {
    return new ReservationTold(
        it.reservation().toString(),
        reference(it.customer()),
        OneLine.of(it.lines()),
        null,
        null,
        null,
        null);
  }

  private static @Nullable String reference(@Nullable Customer customer) {
    return customer == null ? null : customer.reference();
  }
}
