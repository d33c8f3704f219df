package io.holdfast.stock;

import io.holdfast.stock.store.Register;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes items and locations known to the engine, inside the caller's own transaction (the caller's
/// other rows about an item commit with it). The transaction's tenant must be set already, see
/// [#setTenant]. The database says no to another tenant's rows.
public interface StockRegister {
  /// Keeps nothing, and may be used by any number of threads.
  static StockRegister create() {
    return new Register();
  }

  /// Sets the tenant for the rest of the transaction; it is forgotten at its end.
  void setTenant(Connection transaction, TenantId tenant) throws SQLException;

  /// Answers those that were not known before.
  List<Sku> addItems(Connection transaction, TenantId tenant, List<Sku> skus, boolean tracked)
      throws SQLException;

  /// Of a location that nobody gave another one.
  int DEFAULT_PRIORITY = 100;

  /// The last of all.
  int MAX_PRIORITY = 1_000_000;

  /// Answers whether the location was not known before.
  default boolean addLocation(Connection transaction, TenantId tenant, LocationId location)
      throws SQLException {
    return addLocation(transaction, tenant, location, DEFAULT_PRIORITY);
  }

  /// Answers whether the location was not known before; if it was, it stays as it is.
  ///
  /// @param priority whose stock is taken first by lines that name no location: the lowest, from 0;
  ///   among equals by name
  boolean addLocation(Connection transaction, TenantId tenant, LocationId location, int priority)
      throws SQLException;

  /// Answers whether there is such a location. Decisions that begin after the commit know it.
  default boolean setPriority(
      Connection transaction, TenantId tenant, LocationId location, int priority)
      throws SQLException {
    return setPriority(transaction, tenant, location, priority, null);
  }

  /// Answers whether there is such a location at the version that is expected; if there is not,
  /// nothing has changed.
  ///
  /// @param expectedVersion the one that the caller has seen; null: any
  boolean setPriority(
      Connection transaction,
      TenantId tenant,
      LocationId location,
      int priority,
      @Nullable Long expectedVersion)
      throws SQLException;

  /// Empty when there is no such location.
  Optional<StockLocation> location(Connection transaction, TenantId tenant, LocationId location)
      throws SQLException;

  /// In their order of priority.
  List<StockLocation> locations(Connection transaction, TenantId tenant) throws SQLException;

  /// What the tenant has chosen, and how often.
  StockPolicyView policy(Connection transaction, TenantId tenant) throws SQLException;

  /// Sets how much of an item one customer may have within a time. Decisions that begin after the
  /// commit know it.
  ///
  /// @param expectedVersion the version that the caller has seen, 0: that there is none; null: any
  /// @return whether it was set: there is such an item, and the limit is at that version
  boolean setLimit(
      Connection transaction, TenantId tenant, PurchaseLimit limit, @Nullable Long expectedVersion)
      throws SQLException;

  /// Removes a limit.
  ///
  /// @param expectedVersion the version that the caller has seen; null: any
  /// @return whether there was one, at that version
  boolean removeLimit(
      Connection transaction, TenantId tenant, Sku sku, @Nullable Long expectedVersion)
      throws SQLException;

  /// How much of an item one customer may have, if that is limited.
  Optional<PurchaseLimitView> limit(Connection transaction, TenantId tenant, Sku sku)
      throws SQLException;

  /// Decisions that begin after the commit know it.
  default void setPolicy(Connection transaction, TenantId tenant, StockPolicy policy)
      throws SQLException {
    setPolicy(transaction, tenant, policy, null);
  }

  /// Answers whether the policy was at the version that is expected; if it was not, nothing has
  /// changed.
  ///
  /// @param expectedVersion the one that the caller has seen; null: any
  boolean setPolicy(
      Connection transaction, TenantId tenant, StockPolicy policy, @Nullable Long expectedVersion)
      throws SQLException;

  /// How long the tenant keeps what is old, and what has gone into the archive.
  RetentionView retention(Connection transaction, TenantId tenant) throws SQLException;

  /// Sets how long the tenant keeps what is old. What is in the archive stays there.
  ///
  /// @param expectedVersion the version that the caller has seen; null: any
  /// @return whether the retention was at that version; if it was not, nothing has changed
  boolean setRetention(
      Connection transaction, TenantId tenant, Retention retention, @Nullable Long expectedVersion)
      throws SQLException;
}
