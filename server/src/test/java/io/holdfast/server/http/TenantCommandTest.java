package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Program.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The command `tenant` beside a living node.
class TenantCommandTest {

  private static final Path FOLDER = TestNode.shared().folder();

  private final String slug = "made-" + UUID.randomUUID();
  private final People people = new People(slug);

  @Test
  void aTenantIsMadeWithAnInvitationOfItsFirstOwner() throws Exception {
    Ended made = tenant("create", slug, "--name", "Made for a test");
    assertEquals(0, made.exitCode(), made.toString());
    String invitation = made.output().strip();
    assertEquals(201, people.registerOwner("boss", invitation).status());
    Shop boss = people.loggedIn("boss").shop();
    assertEquals(201, boss.post("/v1/items", "{\"sku\":\"A\",\"name\":\"A thing\"}").status());
    assertEquals(1, boss.get("/v1/users").body().path("users").size(), "nobody was there before");
    assertEquals("token_refused", people.registerOwner("boss-2", invitation).code());
    JsonNode told = boss.get("/v1/audit/entries?actor=operator").body().path("entries");
    assertEquals(List.of("tenant invite", "tenant create"), told.findValuesAsText("operation"));
    String another = tenant("invite", slug).output().strip();
    assertEquals(201, people.registerOwner("boss-2", another).status());
    String list = tenant("list").output();
    assertTrue(list.lines().anyMatch(line -> line.startsWith(slug + " | active | ")), list);
    assertTrue(list.contains("Made for a test"), list);
    assertFault("already", tenant("create", slug));
  }

  @Test
  void nobodyIsLetInWhileATenantIsSuspendedAndAfterItIsClosed() throws Exception {
    String invitation = tenant("create", slug).output().strip();
    people.registerOwner("boss", invitation);
    Shop boss = people.loggedIn("boss").shop();
    assertEquals(200, boss.get("/v1/items").status());

    assertEquals(slug + " is suspended", tenant("suspend", slug).output().strip());
    TestNode.letForget();
    assertEquals("tenant_suspended", boss.get("/v1/items").code());
    tenant("resume", slug);
    TestNode.letForget();
    assertEquals(200, boss.get("/v1/items").status());

    assertEquals(slug + " is closed", tenant("close", slug).output().strip());
    TestNode.letForget();
    assertEquals(401, boss.get("/v1/items").status());
    assertEquals(401, people.login("boss", People.PASSWORD).status());
    assertFault("is closed", tenant("resume", slug));
  }

  @Test
  void whatIsNoTenantIsToldAsWrongUsage() throws Exception {
    assertFault("no tenant named nowhere-at-all", tenant("suspend", "nowhere-at-all"));
    assertFault("can't be named Not_A_Slug", tenant("create", "Not_A_Slug"));
    assertFault("Missing required parameter", tenant("close"));
  }

  private static void assertFault(String said, Ended ended) {
    assertEquals(2, ended.exitCode(), ended.toString());
    assertTrue(ended.errors().toString().contains(said), ended.toString());
  }

  private static Ended tenant(String command, String... more)
      throws IOException, InterruptedException {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "tenant";
    arguments[1] = "--data-dir";
    arguments[2] = FOLDER.toString();
    arguments[3] = command;
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Program.run(arguments);
  }
}
