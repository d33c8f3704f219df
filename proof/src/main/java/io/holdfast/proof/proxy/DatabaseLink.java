package io.holdfast.proof.proxy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// One connection of a node to PostgreSQL.
///
/// The protocol: <https://www.postgresql.org/docs/18/protocol-message-formats.html>.
final class DatabaseLink implements AutoCloseable {
  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;
  private static final int MOST_BYTES = 1 << 30;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final String COMMIT = "COMMIT";

  private final DatabaseProxy proxy;
  private final Socket node;
  private final Socket server;
  private final Set<String> committing = new HashSet<>();
  private volatile boolean isAnswerLost;

  DatabaseLink(DatabaseProxy proxy, Socket node, Socket server) {
    this.proxy = proxy;
    this.node = node;
    this.server = server;
  }

  /// Until one of the two hangs up.
  void serve() throws IOException {
    node.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    DataInputStream asked = in(node);
    OutputStream toServer = new BufferedOutputStream(server.getOutputStream());
    begin(asked, toServer);
    Thread answers = Thread.ofVirtual().start(this::answer);
    try {
      ask(asked, toServer);
    } finally {
      close();
      join(answers);
    }
  }

  private static DataInputStream in(Socket socket) throws IOException {
    return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /// The first messages have no type, and whether the line is to be encrypted is answered by a
  /// byte.
  private void begin(DataInputStream asked, OutputStream toServer) throws IOException {
    while (true) {
      byte[] body = body(asked);
      write(toServer, body);
      toServer.flush();
      int code = ByteBuffer.wrap(body).getInt();
      if (code != SSL_REQUEST && code != GSS_REQUEST) {
        return;
      }
      int answer = server.getInputStream().read();
      if (answer != 'N') {
        throw new IOException("what is encrypted can't be read: " + answer);
      }
      node.getOutputStream().write(answer);
    }
  }

  private void ask(DataInputStream asked, OutputStream toServer) throws IOException {
    while (true) {
      byte type = asked.readByte();
      byte[] body = body(asked);
      if (isCommit(type, body)) {
        switch (proxy.nextCommit()) {
          case BEFORE_IT_IS_SENT -> {
            return;
          }
          case BEFORE_IT_IS_ANSWERED -> isAnswerLost = true;
          case NOT -> {
            // It goes its way.
          }
        }
      }
      LockSupport.parkNanos(proxy.delayMillis() * NANOS_PER_MILLI);
      toServer.write(type);
      write(toServer, body);
      if (asked.available() == 0) {
        toServer.flush();
      }
    }
  }

  /// A query that is one; or the use of a statement that was prepared as one.
  private boolean isCommit(byte type, byte[] body) {
    return switch (type) {
      case 'Q' -> text(body, 0).equalsIgnoreCase(COMMIT);
      case 'P' -> {
        String name = text(body, 0);
        if (text(body, name.length() + 1).equalsIgnoreCase(COMMIT)) {
          committing.add(name);
        } else {
          committing.remove(name);
        }
        yield false;
      }
      case 'B' -> committing.contains(text(body, text(body, 0).length() + 1));
      default -> false;
    };
  }

  private void answer() {
    try (this) {
      DataInputStream answered = in(server);
      OutputStream toNode = new BufferedOutputStream(node.getOutputStream());
      while (true) {
        byte type = answered.readByte();
        byte[] body = body(answered);
        if (isAnswerLost && type == 'C' && text(body, 0).equals(COMMIT)) {
          return;
        }
        toNode.write(type);
        write(toNode, body);
        if (answered.available() == 0) {
          toNode.flush();
        }
      }
    } catch (IOException over) {
      // Hung up, by one of the two or by us.
    }
  }

  /// A length that counts itself, and what follows.
  private static byte[] body(DataInputStream in) throws IOException {
    int length = in.readInt() - Integer.BYTES;
    if (length < 0 || length > MOST_BYTES) {
      throw new IOException("not a message of PostgreSQL: " + length);
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    return body;
  }

  private static void write(OutputStream out, byte[] body) throws IOException {
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(body.length + Integer.BYTES).array());
    out.write(body);
  }

  /// Up to the byte 0 that ends it. Names and statements that matter here are ASCII.
  private static String text(byte[] body, int from) {
    int end = from;
    while (end < body.length && body[end] != 0) {
      end++;
    }
    return new String(body, from, end - from, StandardCharsets.ISO_8859_1);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    Doorway.close(node);
    Doorway.close(server);
  }
}
