package io.holdfast.proof.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerScannerTest {

  private static final String ANSWER =
      "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

  @Test
  void waitsForEveryByteOfAnAnswer() throws IOException {
    for (int arrived = 0; arrived < ANSWER.length(); arrived++) {
      assertEquals(AnswerScanner.INCOMPLETE, AnswerScanner.status(of(arrived)));
    }
    assertEquals(201, AnswerScanner.status(of(ANSWER.length())));
  }

  @Test
  void refusesAnAnswerOfUnknownLength() {
    ByteBuffer endless = ByteBuffer.allocate(100);
    endless.put("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThrows(IOException.class, () -> AnswerScanner.status(endless));
  }

  private static ByteBuffer of(int arrived) {
    return ByteBuffer.allocate(200)
        .put(ANSWER.substring(0, arrived).getBytes(StandardCharsets.ISO_8859_1));
  }
}
