package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.StockLocation;
import io.holdfast.stock.StockPolicy;
import io.holdfast.stock.StockPolicy.ExpiredCommit;
import io.holdfast.stock.StockPolicyView;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a tenant sets up for its stock, and that nobody's edit of it is lost.
class RegisterTest {
  private static final LocationId NORTH = new LocationId("north");
  private static final StockPolicy LENIENT = new StockPolicy(ExpiredCommit.RESERVE_AGAIN);

  private final StockRegister register = StockRegister.create();
  private final TestDatabase database = TestDatabase.shared();
  private final TenantId tenant;
  private final Connection transaction;

  RegisterTest() throws SQLException {
    tenant = database.newTenant();
    transaction = database.pool().getConnection();
  }

  @BeforeEach
  void begin() throws SQLException {
    transaction.setAutoCommit(false);
    register.setTenant(transaction, tenant);
  }

  @AfterEach
  void rollBack() throws SQLException {
    transaction.rollback();
    transaction.close();
  }

  @Test
  void aLocationIsOpenedOnce() throws SQLException {
    assertTrue(register.addLocation(transaction, tenant, NORTH, 10));
    assertFalse(register.addLocation(transaction, tenant, NORTH, 20));
    assertEquals(
        Optional.of(new StockLocation(NORTH, 10, 1)),
        register.location(transaction, tenant, NORTH));
    assertEquals(
        List.of("north", "main"),
        register.locations(transaction, tenant).stream().map(each -> each.id().value()).toList());
    assertEquals(Optional.empty(), register.location(transaction, tenant, new LocationId("south")));
  }

  @Test
  void aPriorityIsSetIfItIsTheOneThatWasSeen() throws SQLException {
    register.addLocation(transaction, tenant, NORTH, 10);
    assertTrue(register.setPriority(transaction, tenant, NORTH, 20, 1L));
    assertFalse(register.setPriority(transaction, tenant, NORTH, 30, 1L));
    assertTrue(register.setPriority(transaction, tenant, NORTH, 40));
    assertEquals(
        Optional.of(new StockLocation(NORTH, 40, 3)),
        register.location(transaction, tenant, NORTH));
    assertFalse(register.setPriority(transaction, tenant, new LocationId("south"), 1));
    for (int priority : List.of(-1, StockRegister.MAX_PRIORITY + 1)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> register.setPriority(transaction, tenant, NORTH, priority));
    }
  }

  @Test
  void aPolicyIsChosenIfItIsTheOneThatWasSeen() throws SQLException {
    assertEquals(new StockPolicyView(StockPolicy.USUAL, 0), register.policy(transaction, tenant));
    assertFalse(register.setPolicy(transaction, tenant, LENIENT, 1L));
    assertTrue(register.setPolicy(transaction, tenant, LENIENT, 0L));
    assertFalse(register.setPolicy(transaction, tenant, StockPolicy.USUAL, 0L));
    assertTrue(register.setPolicy(transaction, tenant, StockPolicy.USUAL, 1L));
    register.setPolicy(transaction, tenant, LENIENT);
    assertEquals(new StockPolicyView(LENIENT, 3), register.policy(transaction, tenant));
  }
}
