package io.holdfast.proof.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// One request or response as read from a stream: its lines, its content and the raw bytes.
public final class Message {

  private static final int HEAD_BYTES_MAX = 64 * 1024;

  private final String start;
  private final Map<String, String> headers;
  private final byte[] content;
  private final byte[] raw;

  private Message(String start, Map<String, String> headers, byte[] content, byte[] raw) {
    this.start = start;
    this.headers = Map.copyOf(headers);
    this.content = content;
    this.raw = raw;
  }

  /// The request line or the status line.
  public String start() {
    return start;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public String body() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /// Sends on what was read, byte for byte.
  public void writeTo(OutputStream out) throws IOException {
    out.write(raw);
    out.flush();
  }

  /// Reads a whole message, or throws [EOFException] where the stream ends before or within it.
  public static Message read(InputStream in) throws IOException {
    ByteArrayOutputStream raw = new ByteArrayOutputStream(512);
    String start = line(in, raw);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in, raw); !line.isEmpty(); line = line(in, raw)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 1).trim());
      }
      if (raw.size() > HEAD_BYTES_MAX) {
        throw new IOException("a message head of more than " + HEAD_BYTES_MAX + " bytes");
      }
    }
    byte[] content = content(in, start, headers, raw);
    return new Message(start, headers, content, raw.toByteArray());
  }

  public Response toResponse() throws IOException {
    String[] words = start.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/")) {
      throw new IOException("not an HTTP answer: " + start);
    }
    return new Response(Integer.parseInt(words[1]), headers, body());
  }

  private static byte[] content(
      InputStream in, String start, Map<String, String> headers, ByteArrayOutputStream raw)
      throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return chunks(in, raw);
    }
    String length = headers.get("content-length");
    if (length != null) {
      return exactly(in, Integer.parseInt(length), raw);
    }
    boolean untilClosed =
        start.startsWith("HTTP/")
            && !start.contains(" 204")
            && !start.contains(" 304")
            && !start.contains(" 1");
    if (untilClosed && headers.getOrDefault("connection", "").equalsIgnoreCase("close")) {
      byte[] rest = in.readAllBytes();
      raw.writeBytes(rest);
      return rest;
    }
    return new byte[0];
  }

  private static byte[] chunks(InputStream in, ByteArrayOutputStream raw) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (true) {
      String size = line(in, raw);
      int end = size.indexOf(';');
      int length = Integer.parseInt((end < 0 ? size : size.substring(0, end)).trim(), 16);
      content.writeBytes(exactly(in, length, raw));
      line(in, raw);
      if (length == 0) {
        return content.toByteArray();
      }
    }
  }

  private static byte[] exactly(InputStream in, int length, ByteArrayOutputStream raw)
      throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the connection ended within a message");
    }
    raw.writeBytes(bytes);
    return bytes;
  }

  private static String line(InputStream in, ByteArrayOutputStream raw) throws IOException {
    StringBuilder line = new StringBuilder(64);
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the connection ended without an answer");
      }
      raw.write(next);
      if (next == '\n') {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r'
            ? line.substring(0, length - 1)
            : line.toString();
      }
      line.append((char) next);
      if (line.length() > HEAD_BYTES_MAX) {
        throw new IOException("a line of more than " + HEAD_BYTES_MAX + " characters");
      }
    }
  }
}
