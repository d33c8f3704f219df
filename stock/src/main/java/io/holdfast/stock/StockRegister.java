package io.holdfast.stock;

import io.holdfast.stock.store.Register;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

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

  /// Answers whether the location was not known before.
  boolean addLocation(Connection transaction, TenantId tenant, LocationId location)
      throws SQLException;
}
