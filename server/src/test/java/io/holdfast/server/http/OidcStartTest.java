package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A file of providers that can't be used starts nothing.
class OidcStartTest {

  @Test
  void whatIsWrongEndsTheStartAndIsToldTogether() throws Exception {
    Path data = DataFolder.fresh();
    Path open = OidcFiles.secret("[oidc-toys]\n");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertEnds(Program.run(OidcFiles.serve(0, data, open)), "chmod 600");
    Path wrong =
        OidcFiles.secret("[oidc-toys]\nissuer = http://id.example.org\nsecret = hidden-from-all\n");
    Program.Ended ended = Program.run(OidcFiles.serve(70_000, data, wrong));
    for (String said :
        List.of(
            "--public-url must have a port",
            "--port must be",
            "line 2: issuer must be https",
            "line 3: the key must be one of",
            "line 1: client-secret is missing")) {
      assertEnds(ended, said);
    }
    assertFalse(ended.errors().toString().contains("hidden-from-all"));
    assertEnds(
        Program.run("serve", "--oidc", open.toString(), "--data-dir", data.toString()),
        "--oidc and --public-url need each other");
    assertEquals(0, data.toFile().list().length);
  }

  @Test
  void aProviderOfATenantThatThereIsNotEndsTheStart() throws Exception {
    Path file =
        OidcFiles.secret(
            """
            [no-such-shop]
            name = x
            issuer = https://id.example.org
            client-id = x
            client-secret = %s
            """
                .formatted(TestProvider.SECRET));
    Program.Ended ended = Program.run(OidcFiles.serve(0, DataFolder.fresh(), file));
    assertEnds(ended, "line 1: there is no such tenant");
  }

  private static void assertEnds(Program.Ended ended, String said) {
    assertEquals(2, ended.exitCode());
    assertTrue(ended.errors().toString().contains(said), ended.errors().toString());
  }
}
