package io.holdfast.stock.store;

import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockFailure.Code;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/// What an `SQLException` means to the engine: the one place that reads SQLSTATE. Message texts are
/// never read.
///
/// Source: PostgreSQL's table of error codes, appendix A of its manual.
public enum SqlFault {
  /// A row was held for longer than the lock timeout.
  ROW_HELD(Code.LOCK_NOT_AVAILABLE),
  /// A serialization failure: the transaction must be done again as a whole.
  CONFLICT(Code.CONFLICT_PERSISTS),
  /// The same, after it and another waited for each other.
  DEADLOCK(Code.CONFLICT_PERSISTS),
  /// The connection is gone, or there is none to be had because the database is not there.
  CONNECTION_LOST(Code.DATABASE_UNAVAILABLE),
  /// All connections are taken.
  POOL_EXHAUSTED(Code.POOL_EXHAUSTED),
  STATEMENT_TIMEOUT(Code.STATEMENT_TIMEOUT),
  /// The whole transaction took too long, and the database ended its session.
  TRANSACTION_TIMEOUT(Code.TRANSACTION_TIMEOUT),
  DISK_FULL(Code.DISK_FULL),
  /// The database is short of memory or of another resource; less at once may still go.
  OVERLOADED(Code.DATABASE_OVERLOADED),
  /// The database can't read or write its files.
  FILES_FAIL(Code.DATABASE_UNAVAILABLE),
  /// The database only reads: a standby, or set so.
  READ_ONLY(Code.DATABASE_UNAVAILABLE),
  /// A unique key is taken. Where the engine's own rows are written, another transaction was first.
  KEY_EXISTS(Code.UNEXPECTED),
  /// The data itself is at fault: a constraint, a number out of range. Others of the batch are not.
  BAD_DATA(Code.UNEXPECTED),
  OTHER(Code.UNEXPECTED);

  private final Code code;

  SqlFault(Code code) {
    this.code = code;
  }

  public static SqlFault of(SQLException exception) {
    @Nullable String state = exception.getSQLState();
    if (state == null) {
      return exception instanceof SQLTransientConnectionException
          ? POOL_EXHAUSTED
          : ofCause(exception);
    }
    return switch (state) {
      case "55P03" -> ROW_HELD;
      case "40001" -> CONFLICT;
      case "40P01" -> DEADLOCK;
      case "57014" -> STATEMENT_TIMEOUT;
      case "53100" -> DISK_FULL;
      case "53300" -> POOL_EXHAUSTED;
      case "25006" -> READ_ONLY;
      case "23505" -> KEY_EXISTS;
      case "25P04" -> TRANSACTION_TIMEOUT;
      // Ended by an administrator, by a crash, starting up, dropped, or idle for too long.
      case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03" -> CONNECTION_LOST;
      default -> ofClass(state.substring(0, Math.min(2, state.length())));
    };
  }

  private static SqlFault ofClass(String sqlStateClass) {
    return switch (sqlStateClass) {
      // 28: the database is there, and does not let us in.
      case "08", "28" -> CONNECTION_LOST;
      case "22", "23" -> BAD_DATA;
      case "53" -> OVERLOADED;
      case "58" -> FILES_FAIL;
      default -> OTHER;
    };
  }

  private static SqlFault ofCause(SQLException exception) {
    return switch (exception.getCause()) {
      case SQLException cause -> of(cause);
      // Whoever waited for a connection was interrupted.
      case InterruptedException _ -> POOL_EXHAUSTED;
      case null, default -> OTHER;
    };
  }

  /// Whether it is what a transaction meets that has lasted for too long, among others.
  public boolean mayComeFromTime() {
    return switch (this) {
      case STATEMENT_TIMEOUT, TRANSACTION_TIMEOUT, CONNECTION_LOST -> true;
      case ROW_HELD,
          CONFLICT,
          DEADLOCK,
          POOL_EXHAUSTED,
          DISK_FULL,
          OVERLOADED,
          FILES_FAIL,
          READ_ONLY,
          KEY_EXISTS,
          BAD_DATA,
          OTHER ->
          false;
    };
  }

  /// Whether the database itself said no, so that what it was asked for did not happen.
  public static boolean isRefusal(SQLException exception) {
    return exception.getSQLState() != null && of(exception) != CONNECTION_LOST;
  }

  /// Whether the database took a value for impossible, like the id of a transaction to come.
  public static boolean isInvalidValue(SQLException exception) {
    return "22023".equals(exception.getSQLState());
  }

  /// The failure that a caller is told when nothing more can be tried.
  public StockFailure failure(SQLException cause) {
    @Nullable String state = cause.getSQLState();
    return new StockFailure(
        code, state == null ? "there is no connection" : "the database said " + state, cause);
  }
}
