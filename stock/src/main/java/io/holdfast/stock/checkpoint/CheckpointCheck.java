package io.holdfast.stock.checkpoint;

import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.Checkpoint.Statement;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Holds all checkpoints of a tenant against each other, against their signatures and against the
/// ledger.
///
/// What a checkpoint states as a whole is only put together for the newest. Of the others, what
/// each has added is compared; it is signed as well.
public final class CheckpointCheck {
  private static final HexFormat HEX = HexFormat.of();

  private final Connection transaction;
  private final TenantId tenant;
  private final List<Difference> differences = new ArrayList<>();

  private CheckpointCheck(Connection transaction, TenantId tenant) {
    this.transaction = transaction;
    this.tenant = tenant;
  }

  /// @param trusted the keys that may have signed; empty: any
  public static List<Difference> differences(
      Connection transaction, TenantId tenant, Set<PublicKey> trusted) throws SQLException {
    CheckpointCheck check = new CheckpointCheck(transaction, tenant);
    List<Checkpoint> checkpoints = CheckpointRows.all(transaction, tenant);
    SignatureCheck signatures = new SignatureCheck(trusted);
    checkpoints.forEach(made -> check.differences.addAll(signatures.differences(made)));
    List<Statement> statements = checkpoints.stream().map(Checkpoint::statement).toList();
    check.checkSequence(statements);
    check.checkChanges(statements);
    if (!statements.isEmpty()) {
      check.checkHeads(statements.getLast());
    }
    return check.differences;
  }

  private void checkSequence(List<Statement> statements) {
    byte[] previous = Making.NOTHING_BEFORE;
    long number = 0;
    for (Statement statement : statements) {
      number++;
      compare("checkpoint.number", statement, number, statement.number());
      compare("checkpoint.previous_hash", statement, previous, statement.previousHash());
      number = statement.number();
      previous = SignedText.hash(statement);
    }
  }

  /// Each head against the ledger, and each checkpoint's together against what it states of them.
  private void checkChanges(List<Statement> statements) throws SQLException {
    Map<Long, HeadsHash> added = new HashMap<>();
    LedgerHeads ledger = new LedgerHeads(transaction, tenant);
    HeadRows.changes(
        transaction,
        tenant,
        (number, head) -> {
          added.computeIfAbsent(number, _ -> new HeadsHash()).add(head);
          ledger.hold(head);
        });
    differences.addAll(ledger.differences());
    for (Statement statement : statements) {
      HeadsHash changes = added.remove(statement.number());
      byte[] hash = changes == null ? new byte[0] : changes.value();
      compare("checkpoint.changes_hash", statement, hash, statement.changesHash());
    }
    for (Long number : added.keySet()) {
      differences.add(
          new Difference("checkpoint.number", "checkpoint " + number, number.toString(), "none"));
    }
  }

  private void checkHeads(Statement newest) throws SQLException {
    HeadsHash heads = new HeadsHash();
    HeadRows.upTo(transaction, tenant, newest.number(), (_, head) -> heads.add(head));
    compare("checkpoint.levels", newest, heads.levels(), newest.levels());
    compare("checkpoint.movements", newest, heads.movements(), newest.movements());
    compare("checkpoint.heads_hash", newest, heads.value(), newest.headsHash());
  }

  private void compare(String check, Statement statement, long expected, long found) {
    compare(check, statement, Long.toString(expected), Long.toString(found));
  }

  private void compare(String check, Statement statement, byte[] expected, byte[] found) {
    compare(check, statement, HEX.formatHex(expected), HEX.formatHex(found));
  }

  private void compare(String check, Statement statement, String expected, String found) {
    if (!expected.equals(found)) {
      String row = "checkpoint " + statement.number();
      differences.add(new Difference(check, row, expected, found));
    }
  }
}
