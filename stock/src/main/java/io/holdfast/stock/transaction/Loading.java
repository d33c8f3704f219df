package io.holdfast.stock.transaction;

import io.holdfast.stock.Participant;
import io.holdfast.stock.store.RoundTrip;
import java.sql.SQLException;
import java.time.Instant;

/// How a transaction comes to its rows: all that is locked and read, in the global lock order, in
/// as many round trips as one answer is needed to ask for the next. Without participants and
/// existing reservations that is one.
final class Loading {
  private final Trips trips;
  private final Enclosure enclosure;
  private final Participations participations;
  private final Loaded loaded;
  private RoundTrip trip;
  private boolean hasBegun;
  private boolean areTalliesSent;

  Loading(Trips trips, Enclosure enclosure, Participations participations, Loaded loaded) {
    this.trips = trips;
    this.enclosure = enclosure;
    this.participations = participations;
    this.loaded = loaded;
    this.trip = trips.first();
  }

  /// @return the time that decides, read after the last lock
  Instant run(Latecomers latecomers) throws SQLException {
    try {
      enclosure.begin(trip);
      loadReservations();
      areTalliesSent = loaded.tallies.add(trip, loaded.requests());
      tryOut();
      return loadLevels(latecomers);
    } finally {
      trip.close();
    }
  }

  private void loadReservations() throws SQLException {
    boolean reservations = loaded.addReservations(trip);
    if (reservations || participations.isAnyAt(Participant.Place.BEFORE_STOCK, loaded.requests())) {
      send();
      if (reservations) {
        loaded.takeReservations(trip);
      }
      trip.close();
      participations.begin(Participant.Place.BEFORE_STOCK, loaded.requests());
      trip = trips.next();
    }
  }

  /// What a guard is to hold, where a command does not say it.
  private void tryOut() throws SQLException {
    Request first = loaded.requests().getFirst();
    if (loaded.levels.needsTrial(first)) {
      loaded.levels.addTrial(trip, first);
      send();
      takeTallies();
      loaded.levels.takeTrial(trip, first);
      trip.close();
      trip = trips.next();
    }
  }

  private Instant loadLevels(Latecomers latecomers) throws SQLException {
    boolean levels = loaded.levels.add(trip, loaded.requests());
    boolean isLastLater =
        participations.isAnyAt(Participant.Place.AFTER_STOCK, loaded.requests())
            || participations.isAnyAt(Participant.Place.LAST, loaded.requests());
    if (!isLastLater) {
      loaded.addLast(trip);
    }
    send();
    takeTallies();
    if (levels) {
      loaded.levels.take(trip);
    }
    if (!participations.isAnyAt(Participant.Place.BEFORE_STOCK, loaded.requests())) {
      loaded.letJoin(latecomers, request -> participations.mayJoin(request, isLastLater));
    }
    if (isLastLater) {
      trip.close();
      participations.begin(Participant.Place.AFTER_STOCK, loaded.requests());
      participations.begin(Participant.Place.LAST, loaded.requests());
      trip = trips.next();
      loaded.addLast(trip);
      trip.send();
    }
    return loaded.readLast(trip);
  }

  private void send() throws SQLException {
    trip.send();
    if (!hasBegun) {
      enclosure.begun(trip);
      hasBegun = true;
    }
  }

  private void takeTallies() throws SQLException {
    if (areTalliesSent) {
      loaded.tallies.take(trip);
      areTalliesSent = false;
    }
  }
}
