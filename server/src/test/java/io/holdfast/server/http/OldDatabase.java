package io.holdfast.server.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A server that lets everybody in, says that it is PostgreSQL 14, and does nothing.
final class OldDatabase implements AutoCloseable {
  private static final Charset ASCII = StandardCharsets.US_ASCII;
  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "server_version", "14.12",
          "client_encoding", "UTF8",
          "DateStyle", "ISO, MDY",
          "TimeZone", "UTC",
          "integer_datetimes", "on",
          "standard_conforming_strings", "on");

  private final ServerSocket door;

  private OldDatabase(ServerSocket door) {
    this.door = door;
  }

  static OldDatabase open() throws IOException {
    OldDatabase opened = new OldDatabase(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(opened::serve);
    return opened;
  }

  String url() {
    return "postgresql://somebody:nobody-is-to-see-this@127.0.0.1:"
        + door.getLocalPort()
        + "/holdfast";
  }

  private void serve() {
    try {
      while (true) {
        try (Socket guest = door.accept()) {
          converse(
              new DataInputStream(guest.getInputStream()),
              new DataOutputStream(guest.getOutputStream()));
        }
      }
    } catch (SocketException closed) {
      // The test is over.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void converse(DataInputStream in, DataOutputStream out) throws IOException {
    while (isRequestOfEncryption(in)) {
      out.writeByte('N');
    }
    send(out, 'R', new byte[4]);
    for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
      send(out, 'S', (setting.getKey() + "\0" + setting.getValue() + "\0").getBytes(ASCII));
    }
    send(out, 'Z', "I".getBytes(ASCII));
    for (int type = in.read(); type != 'X' && type >= 0; type = in.read()) {
      in.skipNBytes(in.readInt() - 4);
      answer(type, out);
    }
  }

  private static boolean isRequestOfEncryption(DataInputStream in) throws IOException {
    int length = in.readInt();
    int code = in.readInt();
    in.skipNBytes(length - 8);
    return code == SSL_REQUEST || code == GSS_REQUEST;
  }

  /// Whatever is asked is done, without a result.
  private static void answer(int type, DataOutputStream out) throws IOException {
    switch (type) {
      case 'P' -> send(out, '1', new byte[0]);
      case 'B' -> send(out, '2', new byte[0]);
      case 'D' -> send(out, 'n', new byte[0]);
      case 'E' -> send(out, 'C', "SET\0".getBytes(ASCII));
      case 'S' -> send(out, 'Z', "I".getBytes(ASCII));
      case 'Q' -> {
        send(out, 'C', "SET\0".getBytes(ASCII));
        send(out, 'Z', "I".getBytes(ASCII));
      }
      default -> throw new IOException("not expected: " + (char) type);
    }
  }

  private static void send(DataOutputStream out, char type, byte[] content) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(message);
    data.writeByte(type);
    data.writeInt(content.length + 4);
    data.write(content);
    out.write(message.toByteArray());
    out.flush();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
