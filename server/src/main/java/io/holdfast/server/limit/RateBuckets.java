package io.holdfast.server.limit;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The table `rate_buckets`, where all nodes lease from.
final class RateBuckets implements Lessor {
  static final String TOKENS_LEASE =
      """
      SELECT place, granted, left_micro_tokens FROM holdfast.lease_tokens(?, ?, ?, ?, ?, ?)
      """;

  private final Jdbi database;

  RateBuckets(Jdbi database) {
    this.database = database;
  }

  /// In one statement for all, which is a transaction of its own.
  @Override
  public List<Grant> lease(List<Ask> asks) {
    @Nullable Grant[] grants = new Grant[asks.size()];
    database.useHandle(handle -> lease(handle, asks, grants));
    return Arrays.stream(grants).map(Objects::requireNonNull).toList();
  }

  private static void lease(Handle handle, List<Ask> asks, @Nullable Grant[] grants) {
    handle
        .createQuery(TOKENS_LEASE)
        .bindArray(0, Long.class, column(asks, ask -> ask.bucket().tenantId()))
        .bindArray(1, UUID.class, (Object[]) buckets(asks))
        .bindArray(2, Long.class, column(asks, ask -> ask.rate().perSecond()))
        .bindArray(3, Long.class, column(asks, ask -> ask.rate().burst()))
        .bindArray(4, Long.class, column(asks, Ask::charge))
        .bindArray(5, Long.class, column(asks, Ask::wish))
        .map(
            (row, _) -> {
              int place = row.getInt(1) - 1;
              grants[place] = new Grant(row.getLong(2), row.getLong(3));
              return place;
            })
        .list();
  }

  private static UUID[] buckets(List<Ask> asks) {
    return asks.stream().map(ask -> ask.bucket().id()).toArray(UUID[]::new);
  }

  private static Object[] column(List<Ask> asks, ToLongFunction<Ask> value) {
    return asks.stream().mapToLong(value).boxed().toArray();
  }
}
