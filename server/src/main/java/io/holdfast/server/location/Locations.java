package io.holdfast.server.location;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.location.LocationBodies.Location;
import io.holdfast.server.location.LocationBodies.Wanted;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.StockLocation;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tenant's locations. What throws changes nothing.
@Singleton
final class Locations {
  /// A line that names none looks at each that has the item.
  private static final int MAX_LOCATIONS = 1_000;

  private final TenantScope tenants;
  private final OncePerKey once;
  private final StockRegister register = StockRegister.create();

  Locations(TenantScope tenants, OncePerKey once) {
    this.tenants = tenants;
    this.once = once;
  }

  List<StockLocation> all(TenantId tenant) throws SQLException {
    return tenants.inTransaction(
        tenant, handle -> register.locations(handle.getConnection(), tenant));
  }

  Optional<StockLocation> find(TenantId tenant, LocationId location) throws SQLException {
    return tenants.inTransaction(
        tenant, handle -> register.location(handle.getConnection(), tenant, location));
  }

  Response open(Caller caller, Wanted wanted, @Nullable IdempotencyKey key) throws SQLException {
    return once.answer(
        new OncePerKey.Asked(
            caller, "open-location", asked(wanted, null), key, subject(wanted.location())),
        handle -> opened(handle.getConnection(), caller.tenant(), wanted));
  }

  private OncePerKey.Done opened(Connection transaction, TenantId tenant, Wanted wanted)
      throws SQLException {
    if (register.locations(transaction, tenant).size() >= MAX_LOCATIONS) {
      throw new ProblemException(
          ProblemCode.TOO_MANY_LOCATIONS, "there are " + MAX_LOCATIONS + " locations already");
    }
    if (!register.addLocation(transaction, tenant, wanted.location(), wanted.priority())) {
      throw new ProblemException(
          ProblemCode.LOCATION_EXISTS,
          "there is a location named " + wanted.location() + " already",
          "location");
    }
    StockLocation made = stored(transaction, tenant, wanted.location());
    return new OncePerKey.Done(
        GivenAnswer.made(address(wanted.location()), made.version(), Location.of(made)),
        null,
        state(made));
  }

  Response setPriority(
      Caller caller, Wanted wanted, @Nullable Long expectedVersion, @Nullable IdempotencyKey key)
      throws SQLException {
    return once.answer(
        new OncePerKey.Asked(
            caller,
            "set-priority",
            asked(wanted, expectedVersion),
            key,
            subject(wanted.location())),
        handle -> moved(handle.getConnection(), caller.tenant(), wanted, expectedVersion));
  }

  private OncePerKey.Done moved(
      Connection transaction, TenantId tenant, Wanted wanted, @Nullable Long expectedVersion)
      throws SQLException {
    LocationId location = wanted.location();
    StockLocation before = stored(transaction, tenant, location);
    boolean isSet =
        register.setPriority(transaction, tenant, location, wanted.priority(), expectedVersion);
    StockLocation found = stored(transaction, tenant, location);
    VersionTag.requireDone(isSet, expectedVersion, found.version());
    return new OncePerKey.Done(
        GivenAnswer.changed(found.version(), Location.of(found)), state(before), state(found));
  }

  private StockLocation stored(Connection transaction, TenantId tenant, LocationId location)
      throws SQLException {
    return register
        .location(transaction, tenant, location)
        .orElseThrow(() -> LocationPath.unknown(location));
  }

  private static Subject subject(LocationId location) {
    return new Subject("location", location.value());
  }

  private static State state(StockLocation location) {
    return State.of("location", location.id().value())
        .and("priority", location.priority())
        .and("version", location.version());
  }

  private static String asked(Wanted wanted, @Nullable Long expectedVersion) {
    return wanted.location() + "\n" + wanted.priority() + "\n" + expectedVersion;
  }

  private static String address(LocationId location) {
    String name = URLEncoder.encode(location.value(), StandardCharsets.UTF_8);
    return "/v1/locations/" + name.replace("+", "%20");
  }
}
