package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.stock.StockFailure;
import io.holdfast.stock.store.SqlFault;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a caller is told of each kind of trouble that a database can be in.
class SqlFaultTest {
  @ParameterizedTest
  @CsvSource({
    "55P03, LOCK_NOT_AVAILABLE",
    "40001, CONFLICT_PERSISTS",
    "40P01, CONFLICT_PERSISTS",
    "57014, STATEMENT_TIMEOUT",
    "53000, DATABASE_OVERLOADED",
    "53100, DISK_FULL",
    "53200, DATABASE_OVERLOADED",
    "53300, POOL_EXHAUSTED",
    "53400, DATABASE_OVERLOADED",
    "58000, DATABASE_UNAVAILABLE",
    "58030, DATABASE_UNAVAILABLE",
    "25006, DATABASE_UNAVAILABLE",
    "25P03, DATABASE_UNAVAILABLE",
    "25P04, TRANSACTION_TIMEOUT",
    "57P01, DATABASE_UNAVAILABLE",
    "08006, DATABASE_UNAVAILABLE",
    "28P01, DATABASE_UNAVAILABLE",
    "23505, UNEXPECTED",
    "22003, UNEXPECTED",
    "42501, UNEXPECTED",
    "XX000, UNEXPECTED",
  })
  void tellsWhatTheDatabaseSaid(String sqlState, StockFailure.Code code) {
    SQLException thrown = new SQLException("by the test", sqlState);
    assertEquals(code, SqlFault.of(thrown).failure(thrown).code());
    SQLException fromPool = new SQLException("by a pool", null, thrown);
    assertEquals(code, SqlFault.of(fromPool).failure(thrown).code());
  }
}
