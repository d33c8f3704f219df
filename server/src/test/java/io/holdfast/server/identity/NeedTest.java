package io.holdfast.server.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

class NeedTest {

  static final class Resource {
    @Operation(operationId = "purchase")
    void inTheTable() {}

    @Operation(operationId = "sellEverything")
    void forgotten() {}

    void withoutDescription() {}

    @Operation(hidden = true)
    void hidden() {}
  }

  @Open
  static final class OpenResource {
    @Operation(hidden = true)
    void page() {}
  }

  @Test
  void whatStandsInTheTableNeedsItsPermission() throws NoSuchMethodException {
    assertEquals(
        new Need.Permitted(Permission.BUY, Optional.of(Permission.OWN_RESERVATIONS)),
        need(Resource.class, "inTheTable"));
  }

  @Test
  void whatDoesNotStandInTheTableIsNobodys() throws NoSuchMethodException {
    assertEquals(new Need.Undeclared(), need(Resource.class, "forgotten"));
    assertEquals(new Need.Undeclared(), need(Resource.class, "withoutDescription"));
    assertEquals(new Need.Undeclared(), need(Resource.class, "hidden"));
  }

  @Test
  void whatIsDeclaredOpenNeedsNothing() throws NoSuchMethodException {
    assertEquals(new Need.Nothing(), need(OpenResource.class, "page"));
  }

  private static Need need(Class<?> resource, String method) throws NoSuchMethodException {
    return Need.of(resource.getDeclaredMethod(method));
  }
}
