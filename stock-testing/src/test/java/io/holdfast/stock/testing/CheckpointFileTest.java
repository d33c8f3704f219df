package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.LevelHistory;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementPaging;
import io.holdfast.stock.MovementView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCheckpoints;
import io.holdfast.stock.StockCheckpoints.CheckedFile;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.StockVerifier.Difference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// An exported checkpoint says by itself whether it is what was signed, and of a ledger whether it
/// is the one that was stated.
class CheckpointFileTest {
  private static final Sku TEA = new Sku("tea");

  private final StockCheckpoints checkpoints = StockCheckpoints.create();
  private final TestDatabase database = TestDatabase.shared();
  private final KeyPair key = newKey();
  private final Set<PublicKey> trusted = Set.of(key.getPublic());
  private StockEngine engine;
  private Shop shop;
  private String file;

  /// Filled in by [#export()], which runs before each test.
  @SuppressWarnings("NullAway.Init")
  CheckpointFileTest() {}

  @BeforeEach
  void export() throws SQLException, IOException {
    engine = StockEngine.open(database.pool(), EngineSettings.of(Control.COMBINED));
    shop = new Shop(engine, database.pool(), database.newTenant()).stocks("tea", 5);
    shop.stocks("cup\\1", 3);
    try (Connection connection = database.connect()) {
      assertTrue(checkpoints.make(connection, shop.tenant(), key).isPresent());
      shop.outcome(purchase(Line.of("tea", 1)));
      assertTrue(checkpoints.make(connection, shop.tenant(), key).isPresent());
    }
    shop.outcome(receive("tea", 1));
    file = exported(2);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void isCheckedByItself() throws IOException {
    CheckedFile checked = checkpoints.check(in(file), trusted);
    assertEquals(List.of(), checked.differences());
    assertEquals(2, checked.statement().number());
    assertEquals(2, checked.statement().levels());
    assertEquals(3, checked.statement().movements());
  }

  @Test
  void isCheckedByStandardToolsToo() throws Exception {
    String[] parts = file.split("\n\n", 3);
    String signed = parts[1].lines().toList().getLast();
    assertTrue(signed.startsWith("signature "));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key.getPublic());
    signature.update((parts[0] + "\n").getBytes(UTF_8));
    assertTrue(
        signature.verify(Base64.getDecoder().decode(signed.substring("signature ".length()))));
    byte[] heads = MessageDigest.getInstance("SHA-256").digest(parts[2].getBytes(UTF_8));
    assertTrue(parts[0].contains("\nheads " + HexFormat.of().formatHex(heads) + "\n"));
    assertTrue(parts[2].startsWith("cup\\\\1\tmain\t1\t"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void isNotBelievedOnceItWasChanged(String what, String by, String check) throws IOException {
    String changed = file.replaceFirst(what, by);
    assertNotEquals(file, changed);
    List<String> checks = checks(checkpoints.check(in(changed), trusted));
    assertTrue(checks.contains(check), checks::toString);
  }

  private static Stream<Arguments> changes() {
    return Stream.of(
        arguments("\ntenant ", "\ntenant 1", "checkpoint.signature"),
        arguments("\nnumber 2\n", "\nnumber 3\n", "checkpoint.signature"),
        arguments("\nmade_at 2", "\nmade_at 3", "checkpoint.signature"),
        arguments("\nlevels 2\n", "\nlevels 3\n", "checkpoint.levels"),
        arguments("\nmovements 3\n", "\nmovements 4\n", "checkpoint.movements"),
        arguments("\nheads [0-9a-f]{8}", "\nheads 01234567", "checkpoint.heads_hash"),
        arguments("\nchanges [0-9a-f]{8}", "\nchanges 01234567", "checkpoint.signature"),
        arguments("\nprevious [0-9a-f]{8}", "\nprevious 01234567", "checkpoint.signature"),
        arguments("\nkey [0-9a-f]{8}", "\nkey 01234567", "checkpoint.key"),
        arguments("\nsignature ....", "\nsignature AAAA", "checkpoint.signature"),
        arguments("\ntea\tmain\t2", "\ntea\tmain\t3", "checkpoint.movements"),
        arguments("\ntea\tmain", "\npot\tmain", "checkpoint.heads_hash"),
        arguments("\ntea\tmain\t2.*\n", "\n", "checkpoint.levels"));
  }

  @ParameterizedTest
  @CsvSource({"0", "10", "100", "400", "600"})
  void isRefusedWhenItBreaksOffBeforeItsHeads(int length) {
    int bytes = Math.min(length, file.indexOf("\n\n", file.indexOf("signature")));
    InputStream broken = in(file.substring(0, bytes));
    assertThrows(IllegalArgumentException.class, () -> checkpoints.check(broken, trusted));
  }

  @Test
  void isNotBelievedWhenAnotherKeySignedIt() throws IOException {
    Set<PublicKey> others = Set.of(newKey().getPublic());
    assertEquals(
        List.of("checkpoint is signed by a trusted key"),
        checks(checkpoints.check(in(file), others)));
  }

  @Test
  void isHeldAgainstTheLedger() throws SQLException, IOException {
    assertEquals(List.of(), checks(againstDatabase()));
    new RewrittenHistory(database, shop.tenant(), "tea").by("mallory");
    CheckedFile checked = againstDatabase();
    assertEquals(List.of("ledger has what a checkpoint states"), checks(checked));
    assertEquals("tea/main position 2", checked.differences().getFirst().row());
  }

  @Test
  void isHeldAgainstTheMovementsOfOneLevel() throws IOException, SQLException {
    assertEquals(List.of(), checks(againstMovements(movements())));
    List<MovementView> cut = movements().subList(0, 1);
    assertEquals(List.of("ledger has what a checkpoint states"), checks(againstMovements(cut)));
    new RewrittenHistory(database, shop.tenant(), "tea").by("mallory");
    assertEquals(
        List.of("ledger has what a checkpoint states"), checks(againstMovements(movements())));
  }

  @Test
  void saysNothingOfALevelThatItDoesNotState() throws IOException {
    CheckedFile checked =
        checkpoints.check(
            in(file), trusted, new Sku("pot"), LocationId.MAIN, movements().iterator());
    assertEquals(List.of("checkpoint states the level"), checks(checked));
  }

  @Test
  void tellsThatThereIsNoSuchCheckpoint() throws SQLException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Connection connection = database.connect()) {
      assertFalse(checkpoints.export(connection, shop.tenant(), 3, out));
    }
    assertEquals(0, out.size());
  }

  private CheckedFile againstDatabase() throws SQLException, IOException {
    try (Connection connection = database.connect()) {
      return checkpoints.check(in(file), trusted, connection);
    }
  }

  private CheckedFile againstMovements(List<MovementView> movements) throws IOException {
    return checkpoints.check(in(file), trusted, TEA, LocationId.MAIN, movements.iterator());
  }

  private List<MovementView> movements() {
    LevelHistory history =
        StockReader.of(database.pool())
            .movements(
                shop.tenant(),
                TEA,
                LocationId.MAIN,
                MovementPaging.first(MovementPaging.Order.OLDEST_FIRST, 10));
    return ((LevelHistory.Page) history).movements();
  }

  private String exported(long number) throws SQLException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Connection connection = database.connect()) {
      assertTrue(checkpoints.export(connection, shop.tenant(), number, out));
    }
    return out.toString(UTF_8);
  }

  private static List<String> checks(CheckedFile checked) {
    return checked.differences().stream().map(Difference::check).toList();
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
