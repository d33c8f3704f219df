package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where a request ends: nobody hides one in the body of another.
class FramingTest {
  private static final int PORT = URI.create(TestNode.shared().stranger().address()).getPort();
  private static final String END = "0||";
  private static final int END_BYTES = 5;
  private static final String LAST =
      "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private static final int RST_STREAM = 3;
  private static final int GOAWAY = 7;

  /// One proxy would go by the length, another by the chunks. The parser answers by itself, and the
  /// request behind is nobody's.
  @Test
  void aBodyThatSaysInTwoWaysWhereItEndsIsRefused() throws IOException {
    for (int length : List.of(1, END_BYTES, END_BYTES + LAST.length())) {
      String sent = post("Transfer-Encoding: chunked|Content-Length: " + length) + LAST;
      String answer = answers(sent);
      assertEquals("400", answer.substring(9, 12));
      assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }
  }

  @Test
  void anEncodingThatNobodyKnowsIsNoBody() throws IOException {
    for (String encoding : List.of("chunked, identity", "xchunked", "identity")) {
      String sent = post("Transfer-Encoding: " + encoding) + LAST;
      assertEquals("400", answers(sent).substring(9, 12), encoding);
    }
  }

  private static String post(String headers) {
    String head = "POST /buy_ticket HTTP/1.1|Host: localhost|Content-Type: application/json|";
    return (head + headers + "||" + END).replace("|", "\r\n");
  }

  /// Until the node closes the connection.
  private static String answers(String sent) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(sent.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  /// A head that promises two bytes, and a frame with one that says it is the last.
  @Test
  void inHttp2TheLengthIsThatOfTheFrames() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
      socket.getOutputStream().write(frame(4, 0, 0, new byte[0]));
      socket.getOutputStream().write(frame(1, 4, 1, head()));
      socket.getOutputStream().write(frame(0, 1, 1, "{".getBytes(US_ASCII)));
      assertEquals(RST_STREAM, nextEnd(socket.getInputStream()));
    }
  }

  private static byte[] head() {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    field(head, ":method", "POST");
    field(head, ":scheme", "http");
    field(head, ":path", "/buy_ticket");
    field(head, ":authority", "localhost");
    field(head, "content-type", "application/json");
    field(head, "content-length", "2");
    return head.toByteArray();
  }

  /// HPACK: a literal that is in no table.
  private static void field(ByteArrayOutputStream head, String name, String value) {
    head.write(0);
    for (String text : List.of(name, value)) {
      head.write(text.length());
      head.writeBytes(text.getBytes(US_ASCII));
    }
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(new byte[] {0, 0, (byte) payload.length, (byte) type, (byte) flags});
    frame.writeBytes(new byte[] {0, 0, 0, (byte) stream});
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /// The type of the frame by which the stream or its connection ends; that of an answer is 1.
  private static int nextEnd(InputStream frames) throws IOException {
    while (true) {
      byte[] head = frames.readNBytes(9);
      int length = ((head[0] & 0xff) << 16) | ((head[1] & 0xff) << 8) | (head[2] & 0xff);
      frames.readNBytes(length);
      if (List.of(1, RST_STREAM, GOAWAY).contains((int) head[3])) {
        return head[3];
      }
    }
  }
}
