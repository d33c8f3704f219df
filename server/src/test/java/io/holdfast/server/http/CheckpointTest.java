package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command `checkpoint` beside a living node.
class CheckpointTest {
  private static final Path FOLDER = TestNode.shared().folder();

  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  @TempDir private Path files;

  /// JUnit fills in the folder.
  @SuppressWarnings("NullAway.Init")
  CheckpointTest() {}

  @Test
  void whatTheLedgerHadComeToIsSignedGivenOutAndChecked() throws Exception {
    String sku = shop.stocked(5);
    Path file = created();
    String key = FOLDER.resolve("checkpoint-key.pub").toString();
    assertFits(checkpoint("--check", file.toString()));
    assertFits(checkpoint("--check", file.toString(), "--public-key", key));
    assertEquals(201, shop.post("/v1/purchases", Shop.lines(sku, 1)).status());
    assertFits(checkpoint("--check", file.toString(), "--against-database"));
    Path ledger = ledger(sku);
    assertFits(check(file, ledger, sku));
    String shortened = Files.readString(ledger).replace("\"receive\"", "receive");
    Files.writeString(ledger, shortened.replaceFirst(",receive,5", ",receive,4"));
    Ended differs = check(file, ledger, sku);
    assertEquals(1, differs.exitCode(), differs.toString());
    assertTrue(differs.output().startsWith("ledger has what a checkpoint states | " + sku));
  }

  @Test
  void aFileThatWasChangedIsNotBelieved() throws Exception {
    shop.stocked(5);
    Path file = created();
    Files.writeString(file, Files.readString(file).replaceFirst("\nmade_at 2", "\nmade_at 3"));
    Ended ended = checkpoint("--check", file.toString());
    assertEquals(1, ended.exitCode(), ended.toString());
    assertTrue(ended.output().startsWith("checkpoint.signature | "), ended.output());
    Files.writeString(file, "something else");
    assertFault(2, "can't be checked", checkpoint("--check", file.toString()));
  }

  @Test
  void eachTenantsCheckpointsAreListed() throws Exception {
    shop.stocked(1);
    created();
    Ended all = checkpoint();
    Ended some = checkpoint("--tenant", "sweet-shop");
    assertEquals(0, all.exitCode(), all.toString());
    assertTrue(some.output().lines().allMatch(line -> line.startsWith("sweet-shop | ")));
    assertTrue(all.output().contains(some.output()));
    assertFault(2, "nobody is named", checkpoint("--tenant", "nobody"));
  }

  @Test
  void wrongUsageIsSaid() throws Exception {
    String unknown = Long.toString(Long.MAX_VALUE);
    Path target = files.resolve("none");
    assertFault(
        2,
        "has no checkpoint",
        checkpoint("--export", unknown, "--tenant", "sweet-shop", "--to", target.toString()));
    assertFalse(Files.exists(target));
    assertFault(2, "--export needs --tenant", checkpoint("--export", "1"));
    assertFault(2, "mutually exclusive", checkpoint("--create", "--export", "1"));
    assertFault(2, "--ledger needs --sku", checkpoint("--check", "x", "--ledger", "y"));
    assertFault(17, "x", checkpoint("--check", files.resolve("x").toString()));
  }

  /// Signs what is new, and gives the newest of the shop out as a file.
  private Path created() throws IOException, InterruptedException {
    Ended made = checkpoint("--create", "--tenant", "sweet-shop");
    assertEquals(0, made.exitCode(), made.toString());
    String number = made.output().split(" \\| ", 3)[1];
    Path file = files.resolve(UUID.randomUUID().toString());
    Ended exported =
        checkpoint("--export", number, "--tenant", "sweet-shop", "--to", file.toString());
    assertEquals(0, exported.exitCode(), exported.toString());
    Ended printed = checkpoint("--export", number, "--tenant", "sweet-shop");
    assertEquals(Files.readString(file).strip(), printed.output().strip());
    return file;
  }

  private Path ledger(String sku) throws IOException {
    Path ledger = files.resolve(UUID.randomUUID().toString());
    String movements =
        shop.send(
                shop.request("/v1/items/" + sku + "/movements?order=oldest")
                    .header("Accept", "text/csv")
                    .GET())
            .text();
    Files.writeString(ledger, movements);
    return ledger;
  }

  private static Ended check(Path file, Path ledger, String sku)
      throws IOException, InterruptedException {
    return checkpoint("--check", file.toString(), "--ledger", ledger.toString(), "--sku", sku);
  }

  private static Ended checkpoint(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("checkpoint", "--data-dir", FOLDER.toString()));
    words.addAll(List.of(arguments));
    return Program.run(words.toArray(String[]::new));
  }

  private static void assertFits(Ended ended) {
    assertEquals(0, ended.exitCode(), ended.toString());
    assertTrue(ended.output().contains(": all fits."), ended.output());
  }

  private static void assertFault(int exitCode, String hint, Ended ended) {
    assertEquals(exitCode, ended.exitCode(), ended.toString());
    assertTrue(ended.errors().toString().contains(hint), ended.errors().toString());
  }
}
