package io.holdfast.stock.checkpoint;

import io.holdfast.stock.Checkpoint.Statement;
import io.holdfast.stock.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;

/// A statement as the text whose bytes are signed: its members in this order, one a line, the name
/// and the value with a space between them. Numbers are decimal, hashes hexadecimal, the instant is
/// UTC as RFC 3339 has it. Every line ends with a line feed.
final class SignedText {
  private static final String FORMAT = "holdfast checkpoint 1";
  private static final HexFormat HEX = HexFormat.of();
  private static final List<String> MEMBERS =
      List.of(
          "tenant",
          "number",
          "made_at",
          "levels",
          "movements",
          "heads",
          "changes",
          "previous",
          "key");

  /// How many lines it has.
  static final int LINES = 1 + MEMBERS.size();

  private SignedText() {}

  static byte[] of(Statement statement) {
    List<String> values =
        List.of(
            Long.toString(statement.tenant().value()),
            Long.toString(statement.number()),
            statement.madeAt().toString(),
            Long.toString(statement.levels()),
            Long.toString(statement.movements()),
            HEX.formatHex(statement.headsHash()),
            HEX.formatHex(statement.changesHash()),
            HEX.formatHex(statement.previousHash()),
            statement.keyId());
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    for (int i = 0; i < MEMBERS.size(); i++) {
      text.append(MEMBERS.get(i)).append(' ').append(values.get(i)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// What the next statement calls `previous`.
  static byte[] hash(Statement statement) {
    return Signing.sha256().digest(of(statement));
  }

  /// @param lines of a file, as many as the text has
  static Statement read(List<String> lines) {
    if (lines.size() != LINES || !lines.getFirst().equals(FORMAT)) {
      throw new IllegalArgumentException("it does not begin with '" + FORMAT + "'");
    }
    try {
      return new Statement(
          new TenantId(Long.parseLong(value(lines, 0))),
          Long.parseLong(value(lines, 1)),
          Instant.parse(value(lines, 2)),
          Long.parseLong(value(lines, 3)),
          Long.parseLong(value(lines, 4)),
          HEX.parseHex(value(lines, 5)),
          HEX.parseHex(value(lines, 6)),
          HEX.parseHex(value(lines, 7)),
          value(lines, 8));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("made_at is no instant", e);
    }
  }

  private static String value(List<String> lines, int member) {
    String line = lines.get(member + 1);
    String name = MEMBERS.get(member) + " ";
    if (!line.startsWith(name)) {
      throw new IllegalArgumentException("there is no " + name.strip() + " in '" + line + "'");
    }
    return line.substring(name.length());
  }
}
