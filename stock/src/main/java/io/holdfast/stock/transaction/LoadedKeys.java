package io.holdfast.stock.transaction;

import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.FoundReservations;
import io.holdfast.stock.store.IdempotencyKeys;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.StoredAnswer;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What was answered before under the keys of requests, so far as they were looked up.
final class LoadedKeys {
  private final TenantId tenant;
  private final Map<UUID, StoredAnswer> answers = new HashMap<>();
  private List<UUID> ofReservations = List.of();
  private List<UUID> ofOthers = List.of();

  LoadedKeys(TenantId tenant) {
    this.tenant = tenant;
  }

  void add(RoundTrip trip, Collection<Request> requests) {
    ofReservations = keys(requests, true);
    ofOthers = keys(requests, false);
    if (!ofReservations.isEmpty()) {
      FoundReservations.findKeys(trip, tenant, ofReservations);
    }
    if (!ofOthers.isEmpty()) {
      IdempotencyKeys.find(trip, tenant, ofOthers);
    }
  }

  private static List<UUID> keys(Collection<Request> requests, boolean ofReservations) {
    return requests.stream()
        .filter(request -> request.isAnsweredInItsRow() == ofReservations)
        .flatMap(request -> request.key().stream())
        .map(RequestKey::id)
        .distinct()
        .toList();
  }

  void take(RoundTrip trip) throws SQLException {
    if (!ofReservations.isEmpty()) {
      answers.putAll(IdempotencyKeys.found(trip));
    }
    if (!ofOthers.isEmpty()) {
      answers.putAll(IdempotencyKeys.found(trip));
    }
  }

  Map<UUID, StoredAnswer> answers() {
    return answers;
  }
}
