package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// As much of HTTP/2 as it takes to see what a node says of its limits, and to send what a proper
/// client would not.
final class RawHttp2 implements AutoCloseable {
  static final int HEADERS = 1;
  static final int MAX_CONCURRENT_STREAMS = 3;
  static final int MAX_HEADER_LIST_SIZE = 6;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int SETTINGS = 4;
  private static final int GO_AWAY = 7;
  private static final int CONTINUATION = 9;
  private static final int ACKNOWLEDGED = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int MAX_FRAME_BYTES = 16_384;
  private static final int STREAM = 1;
  private static final int FLAGS_AND_STREAM_BYTES = 5;

  /// Indexed fields of the static table: GET, /, http.
  private static final byte[] REQUEST = {(byte) 0x82, (byte) 0x84, (byte) 0x86};

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Map<Integer, Integer> limits = new TreeMap<>();

  record Frame(int type, byte[] payload) {
    String text() {
      return new String(payload, ISO_8859_1);
    }
  }

  private RawHttp2(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /// Without asking whether the node speaks it.
  static RawHttp2 connect(URI node) throws IOException {
    RawHttp2 client = new RawHttp2(new Socket(node.getHost(), node.getPort()));
    client.out.write(PREFACE.getBytes(ISO_8859_1));
    client.send(SETTINGS, 0, 0, new byte[0]);
    client.readLimits();
    client.send(SETTINGS, ACKNOWLEDGED, 0, new byte[0]);
    return client;
  }

  /// What the node has said of streams and headers.
  Map<Integer, Integer> limits() {
    return Map.copyOf(limits);
  }

  private void readLimits() throws IOException {
    ByteBuffer settings = ByteBuffer.wrap(next(SETTINGS).payload());
    while (settings.hasRemaining()) {
      int name = settings.getShort();
      int value = settings.getInt();
      if (Set.of(MAX_CONCURRENT_STREAMS, MAX_HEADER_LIST_SIZE).contains(name)) {
        limits.put(name, value);
      }
    }
  }

  /// A request of one more header.
  void sendHeader(String name, String value) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(REQUEST);
    // A literal that no table keeps.
    block.write(0);
    writeText(block, name);
    writeText(block, value);
    byte[] all = block.toByteArray();
    int first = Math.min(all.length, MAX_FRAME_BYTES);
    boolean isOne = first == all.length;
    send(HEADERS, END_STREAM | (isOne ? END_HEADERS : 0), STREAM, part(all, 0, first));
    if (!isOne) {
      send(CONTINUATION, END_HEADERS, STREAM, part(all, first, all.length));
    }
  }

  private static byte[] part(byte[] all, int from, int to) {
    return Arrays.copyOfRange(all, from, to);
  }

  /// A length is 7 bits, or all of them set and what is more in groups of 7, the lowest first.
  private static void writeText(ByteArrayOutputStream block, String text) throws IOException {
    int full = 0x7F;
    if (text.length() < full) {
      block.write(text.length());
    } else {
      block.write(full);
      int left = text.length() - full;
      while (left > full) {
        block.write((left & full) | 0x80);
        left >>= 7;
      }
      block.write(left);
    }
    block.write(text.getBytes(ISO_8859_1));
  }

  /// The next frame of a type; what comes before it is of no interest.
  Frame next(int type) throws IOException {
    while (true) {
      int head = in.readInt();
      in.skipNBytes(FLAGS_AND_STREAM_BYTES);
      Frame frame = new Frame(head & 0xFF, in.readNBytes(head >>> Byte.SIZE));
      if (frame.type() == type) {
        return frame;
      }
      if (frame.type() == GO_AWAY) {
        throw new IOException("sent away: " + frame.text());
      }
    }
  }

  private void send(int type, int flags, int stream, byte[] payload) throws IOException {
    out.writeInt((payload.length << Byte.SIZE) | type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
