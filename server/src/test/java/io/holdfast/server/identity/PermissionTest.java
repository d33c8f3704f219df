package io.holdfast.server.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.stock.CommandForm;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PermissionTest {

  @Test
  void anOwnerMayDoEverything() {
    assertEquals(EnumSet.allOf(Permission.class), of(Role.OWNER));
  }

  @Test
  void anAuditorReadsEverythingAndChangesNothing() {
    assertEquals(
        EnumSet.of(
            Permission.PING,
            Permission.READ_CATALOG,
            Permission.READ_STOCK,
            Permission.READ_LEDGER,
            Permission.READ_RESERVATIONS,
            Permission.READ_RULES,
            Permission.READ_AUDIT,
            Permission.READ_EVENTS,
            Permission.READ_WEBHOOKS,
            Permission.READ_IMPORTS,
            Permission.EXPORT_FILES,
            Permission.READ_METRICS,
            Permission.READ_KEYS,
            Permission.READ_USERS,
            Permission.READ_ROLES,
            Permission.OWN_ACCOUNT),
        of(Role.AUDITOR));
  }

  @Test
  void aCustomerMayDoNothingToWhatIsAnothers() {
    assertEquals(
        EnumSet.of(
            Permission.PING,
            Permission.READ_CATALOG,
            Permission.READ_STOCK,
            Permission.OWN_RESERVATIONS,
            Permission.OWN_ACCOUNT,
            Permission.SUBMIT_COMMANDS),
        of(Role.CUSTOMER));
  }

  @Test
  void aManagerMayDoAllThatStaffMay() {
    assertTrue(of(Role.MANAGER).containsAll(of(Role.STAFF)));
  }

  @Test
  void everyPermissionIsNeededForSomething() {
    Set<Permission> needed = EnumSet.noneOf(Permission.class);
    Rights.operations().forEach(id -> needed.add(Rights.ofOperation(id).orElseThrow()));
    Rights.operations().forEach(id -> Rights.ofOwn(id).ifPresent(needed::add));
    needed.add(Rights.ofAddress("/metrics").orElseThrow());
    assertEquals(EnumSet.allOf(Permission.class), needed);
  }

  @Test
  void commandsAreSubmittedByWhoeverMayDoOne() {
    for (Role role : Role.values()) {
      boolean mayDoOne =
          Arrays.stream(CommandForm.values())
              .map(CommandForm::operationId)
              .flatMap(
                  id -> Stream.concat(Rights.ofOperation(id).stream(), Rights.ofOwn(id).stream()))
              .anyMatch(permission -> permission.isOf(role));
      assertEquals(mayDoOne, Permission.SUBMIT_COMMANDS.isOf(role), role.code());
    }
  }

  @Test
  void anAddressIsGuardedWithWhatIsBelowIt() {
    assertTrue(Rights.ofAddress("/metrics").isPresent());
    assertTrue(Rights.ofAddress("/metrics/anything").isPresent());
    assertTrue(Rights.ofAddress("/metricsx").isEmpty());
  }

  private static Set<Permission> of(Role role) {
    return Arrays.stream(Permission.values())
        .filter(permission -> permission.isOf(role))
        .collect(Collectors.toSet());
  }
}
