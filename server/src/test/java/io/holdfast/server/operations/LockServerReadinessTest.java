package io.holdfast.server.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.server.operations.LockServer.Need;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/// Whether a node is ready, by who needs the locks' server and whether it is there.
class LockServerReadinessTest {
  private static HealthCheckResponse checked(Need need, boolean isReachable) {
    return new LockServerReadiness(new LockServer(need, () -> isReachable)).call();
  }

  @Test
  void aNodeWhoseUsualControlNeedsItIsNotReadyWithoutIt() {
    assertEquals(Status.DOWN, checked(Need.OF_ALL, false).getStatus());
    assertEquals(Status.UP, checked(Need.OF_ALL, true).getStatus());
  }

  @Test
  void aNodeIsReadyForTheTenantsThatDoNotNeedItAndSaysSo() {
    HealthCheckResponse without = checked(Need.OF_SOME_TENANTS, false);
    assertEquals(Status.UP, without.getStatus());
    assertEquals(Map.of("reachable", false), without.getData().orElseThrow());
    HealthCheckResponse with = checked(Need.OF_SOME_TENANTS, true);
    assertEquals(Map.of("reachable", true), with.getData().orElseThrow());
  }

  @Test
  void aNodeThatNeedsNoneIsReady() {
    assertEquals(Status.UP, new LockServerReadiness(LockServer.NONE).call().getStatus());
  }
}
