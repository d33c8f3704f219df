package io.holdfast.stock.checkpoint;

import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.Checkpoint.Statement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A checkpoint as a file: the signed text; an empty line; the public key and the signature in
/// Base64, each with its name and a space before it; an empty line; a line for each head. UTF-8,
/// and every line ends with a line feed.
///
/// Standard tools check it, too: what stands before the first empty line is signed, and the SHA-256
/// of what follows the second is the member `heads`.
final class CheckpointFile implements AutoCloseable {
  private static final String PUBLIC_KEY = "public_key ";
  private static final String SIGNATURE = "signature ";

  private final BufferedReader lines;
  private final Checkpoint checkpoint;

  private CheckpointFile(BufferedReader lines) throws IOException {
    this.lines = lines;
    List<String> text = new ArrayList<>();
    for (int i = 0; i < SignedText.LINES; i++) {
      text.add(line());
    }
    Statement statement = SignedText.read(text);
    requireEmpty(line());
    byte[] publicKey = decoded(PUBLIC_KEY, line());
    byte[] signature = decoded(SIGNATURE, line());
    requireEmpty(line());
    this.checkpoint = new Checkpoint(statement, publicKey, signature);
  }

  /// Reads the beginning; an `IllegalArgumentException` says that it is no such file.
  static CheckpointFile open(InputStream in) throws IOException {
    return new CheckpointFile(
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder())));
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  /// Takes the heads one after the other; they are never in memory together.
  @FunctionalInterface
  interface Taking<X extends Exception> {
    void take(Head head) throws X;
  }

  <X extends Exception> void heads(Taking<X> taking) throws IOException, X {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      taking.take(Head.ofLine(line));
    }
  }

  private String line() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IllegalArgumentException("it breaks off");
    }
    return line;
  }

  private static void requireEmpty(String line) {
    if (!line.isEmpty()) {
      throw new IllegalArgumentException("'" + line + "' stands where a line is to be empty");
    }
  }

  private static byte[] decoded(String name, String line) {
    if (!line.startsWith(name)) {
      throw new IllegalArgumentException("there is no " + name.strip() + " in '" + line + "'");
    }
    return Base64.getDecoder().decode(line.substring(name.length()));
  }

  static void write(OutputStream out, Checkpoint checkpoint) throws IOException {
    Base64.Encoder base64 = Base64.getEncoder();
    out.write(SignedText.of(checkpoint.statement()));
    String rest =
        "\n"
            + PUBLIC_KEY
            + base64.encodeToString(checkpoint.publicKey())
            + "\n"
            + SIGNATURE
            + base64.encodeToString(checkpoint.signature())
            + "\n\n";
    out.write(rest.getBytes(StandardCharsets.UTF_8));
  }

  static void write(OutputStream out, Head head) throws IOException {
    out.write((head.line() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
