package io.holdfast.server.start;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
  @TempDir private Path folder;

  /// JUnit fills in the folder.
  @SuppressWarnings("NullAway.Init")
  KeyFilesTest() {}

  @Test
  void makesAKeyOnceThatOnlyItsOwnerCanRead() throws IOException {
    KeyPair made = KeyFiles.in(folder).ensure();
    KeyPair read = KeyFiles.in(folder).ensure();
    assertArrayEquals(made.getPrivate().getEncoded(), read.getPrivate().getEncoded());
    assertArrayEquals(made.getPublic().getEncoded(), read.getPublic().getEncoded());
    assertEquals("rw-------", permissions("checkpoint-key"));
    assertEquals("rw-r--r--", permissions("checkpoint-key.pub"));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "nothing is left over");
    }
  }

  @Test
  void refusesAKeyThatOthersCanRead() throws IOException {
    KeyFiles.in(folder).ensure();
    Path file = folder.resolve("checkpoint-key");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    StartFault fault = assertThrows(StartFault.class, () -> KeyFiles.in(folder).ensure());
    assertEquals(ExitCode.USAGE, fault.exitCode());
    assertTrue(String.valueOf(fault.getMessage()).contains("chmod 600"));
  }

  @Test
  void makesNoKeyInThePlaceOfOneThatIsNamed() throws IOException {
    KeyFiles named = new KeyFiles(folder.resolve("signer"));
    assertNames("signer", assertThrows(StartFault.class, named::read));
    named.ensure();
    Files.delete(folder.resolve("signer.pub"));
    assertNames("signer.pub", assertThrows(StartFault.class, named::read));
  }

  private void assertNames(String file, StartFault fault) {
    assertEquals(ExitCode.USAGE, fault.exitCode());
    assertEquals("there is no key " + folder.resolve(file), fault.getMessage());
  }

  @Test
  void refusesWhatIsNoKey() throws IOException {
    Path file = folder.resolve("some.pub");
    for (String text :
        List.of(
            "",
            "AAAA",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\n*\n-----END PUBLIC KEY-----")) {
      Files.writeString(file, text);
      StartFault fault =
          assertThrows(StartFault.class, () -> KeyFiles.readPublic(List.of(file)), text);
      assertEquals(ExitCode.USAGE, fault.exitCode());
    }
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
  }
}
