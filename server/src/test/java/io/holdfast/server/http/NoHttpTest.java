package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is answered before anything of Holdfast sees a request.
class NoHttpTest {
  private static final int PORT = URI.create(TestNode.shared().stranger().address()).getPort();

  @ParameterizedTest
  @CsvSource({
    "400, NONSENSE",
    "400, GET / HTTP/1.1|Host: localhost|Content-Length: 1|Content-Length: 2",
    "400, GET / HTTP/1.1|Host: localhost|Content-Length: many",
    "400, GET /%zz HTTP/1.1|Host: localhost|Connection: close",
    "414, GET /LONG HTTP/1.1|Host: localhost",
    "431, GET / HTTP/1.1|Host: localhost|X-Long: LONGLONGLONG"
  })
  void whatIsNoRequestIsAnsweredWithAStatusAlone(int status, String lines) throws IOException {
    String sent = lines.replace("LONG", "x".repeat(8_200)).replace("|", "\r\n") + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
      socket.getOutputStream().write(sent.getBytes(US_ASCII));
      // Until the node closes the connection, as it must.
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertEquals(status, Integer.parseInt(answer.substring(9, 12)), answer);
      assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }
  }
}
