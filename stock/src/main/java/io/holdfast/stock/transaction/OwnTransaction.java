package io.holdfast.stock.transaction;

import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.SqlFault;
import io.holdfast.stock.store.TransactionLimits;
import io.holdfast.stock.store.Transactions;
import io.holdfast.stock.transaction.StockTransaction.Ended;
import java.sql.Connection;
import java.sql.SQLException;

/// A transaction on a borrowed connection. What it leaves open, because it failed or has nothing to
/// write, is rolled back by whoever lent the connection.
final class OwnTransaction implements Enclosure {
  private final Connection connection;
  private final TenantId tenant;
  private final TransactionLimits limits;
  private final Locking locking;
  private final Deadline deadline;
  private String id = "";

  OwnTransaction(
      Connection connection, TenantId tenant, TransactionLimits limits, Locking locking) {
    this.connection = connection;
    this.tenant = tenant;
    this.limits = limits;
    this.locking = locking;
    this.deadline = new Deadline(limits);
  }

  /// Thrown instead of the cause when COMMIT was sent and the database gave no answer to it.
  static final class CommitUnanswered extends Exception {
    private static final long serialVersionUID = 1L;
    final String transactionId;
    final transient Evidence evidence;
    final transient Ended ended;

    private CommitUnanswered(
        Exception cause, String transactionId, Evidence evidence, Ended ended) {
      super("COMMIT of " + transactionId + " was not answered", cause);
      this.transactionId = transactionId;
      this.evidence = evidence;
      this.ended = ended;
    }
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public void begin(RoundTrip trip) {
    Transactions.begin(trip, tenant, limits, locking);
  }

  @Override
  public void begun(RoundTrip trip) throws SQLException {
    id = Transactions.id(trip);
  }

  /// Only the database's own no means that the transaction did not commit. Whatever else comes
  /// instead of an answer says nothing about it.
  ///
  /// @param evidence of what was written
  void commit(Evidence evidence, Ended ended) throws SQLException, CommitUnanswered {
    deadline.check();
    try {
      connection.commit();
    } catch (SQLException e) {
      if (SqlFault.isRefusal(e)) {
        deadline.check(e);
        throw e;
      }
      throw new CommitUnanswered(e, id, evidence, ended);
    } catch (RuntimeException e) {
      throw new CommitUnanswered(e, id, evidence, ended);
    }
  }
}
