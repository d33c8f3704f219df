package io.holdfast.stock.store;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.HeldLine;
import io.holdfast.stock.decide.Reservation;
import io.holdfast.stock.decide.RowBytes;
import io.holdfast.stock.decide.Tally;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Seals rows: the first 128 bits of the SHA-256 of a row's columns stand in the row itself, so
/// that whoever changes a column by hand is found. Not safe for threads: an instance belongs to
/// one.
///
/// A declared twin: what `reservation_seal`, `answer_seal` and `tally_seal` compute in the database
/// is computed here for the rows of the hot path, where it costs a fraction. `verify` asks the
/// database, so every test would show it if the two came to differ.
final class Seals {
  private static final int BYTES = 16;

  /// PostgreSQL's own clock starts with the year 2000.
  private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

  private static final String BETWEEN = "\u001f";
  private static final String NONE = "\u001e";

  private final MessageDigest digest;
  private final RowBytes row = new RowBytes();

  Seals() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Of a reservation as it is made.
  byte[] ofReservation(TenantId tenant, Instant createdAt, Reservations.Row made) {
    Reservation reservation = made.reservation();
    Optional<StoredAnswer> key = made.key();
    List<HeldLine> lines = reservation.lines();
    row.clear().number(tenant.value());
    id(reservation.id().value());
    row.number(reservation.version());
    id(key.map(StoredAnswer::requestKey).orElse(null));
    id(key.map(StoredAnswer::fingerprint).orElse(null));
    instant(createdAt);
    instant(reservation.expiresAt());
    instant(made.endedAt());
    instant(null);
    row.text(reservation.state().code()).text(made.actor()).text(Reservations.customerOf(made));
    row.text(joined(lines, line -> line.sku().value()));
    row.text(joined(lines, Reservations::locationOf));
    row.text(joined(lines, line -> Long.toString(line.quantity())));
    row.text(null);
    row.bytes(key.map(StoredAnswer::answer).orElse(null));
    return seal();
  }

  /// What ending a reservation adds to its seal.
  byte[] ofEnding(ReservationState state, Instant endedAt) {
    row.clear().text(state.code());
    instant(endedAt);
    return row.toBytes();
  }

  byte[] ofAnswer(TenantId tenant, Instant answeredAt, StoredAnswer answer) {
    row.clear().number(tenant.value());
    id(answer.requestKey());
    id(answer.fingerprint());
    instant(answeredAt);
    row.bytes(answer.answer());
    return seal();
  }

  byte[] ofTally(TenantId tenant, Tallies.Row counted) {
    Tally tally = counted.tally();
    row.clear().number(tenant.value()).number(counted.version());
    row.text(tally.customer().reference());
    row.text(joined(tally.held(), ReservationId::toString));
    row.text(joined(tally.claims(), claim -> claim.reservation().toString()));
    row.text(joined(tally.claims(), claim -> claim.sku().value()));
    row.text(joined(tally.claims(), claim -> Long.toString(claim.units())));
    row.text(joined(tally.claims(), claim -> Long.toString(Transactions.micros(claim.at()))));
    return seal();
  }

  private static <T> String joined(List<T> elements, Function<T, @Nullable String> column) {
    if (elements.size() == 1) {
      // As a rule there is one line.
      return Objects.requireNonNullElse(column.apply(elements.getFirst()), NONE);
    }
    return elements.stream()
        .map(column)
        .map(text -> text == null ? NONE : text)
        .collect(Collectors.joining(BETWEEN));
  }

  private void id(@Nullable UUID id) {
    row.isThere(id != null);
    if (id != null) {
      row.number(id.getMostSignificantBits()).number(id.getLeastSignificantBits());
    }
  }

  private void instant(@Nullable Instant instant) {
    row.isThere(instant != null);
    if (instant != null) {
      row.number(Transactions.micros(instant) - EPOCH_2000_MICROS);
    }
  }

  private byte[] seal() {
    row.addTo(digest);
    return Arrays.copyOf(digest.digest(), BYTES);
  }
}
