package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Program.Ended;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/// A node with a certificate that is made here.
class TlsTest {
  /// What a client says that knows TLS 1.1 and nothing newer: three cipher suites, no extensions.
  private static final String OLD_HELLO =
      "160301"
          + "0031"
          + "01"
          + "00002d"
          + "0302"
          + "5a".repeat(32)
          + "00"
          + "0006"
          + "c009c013002f"
          + "0100";

  private static final Pattern COOKIE =
      Pattern.compile(
          "__Host-holdfast=(hc_\\d+_[\\w-]{43}); Path=/; HttpOnly; SameSite=Strict; Secure");

  private static final int ALERT = 21;
  private static final int PROTOCOL_VERSION = 70;

  @Test
  void servesHttpsAloneAndARenewedCertificateWithoutARestart() throws Exception {
    Path folder = DataFolder.fresh();
    SelfSigned certificate = SelfSigned.in(folder);
    certificate.make();
    Program node = Program.start(serve(folder, certificate));
    URI address = URI.create(node.address());
    assertEquals("https", address.getScheme());
    for (Version version : Version.values()) {
      for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
        HttpResponse<String> answer = ping(address, certificate.trusted(), version, protocol);
        assertEquals(401, answer.statusCode());
        assertEquals(version, answer.version());
        assertEquals(protocol, answer.sslSession().orElseThrow().getProtocol());
        assertEquals(
            "max-age=31536000; includeSubDomains",
            answer.headers().firstValue("Strict-Transport-Security").orElseThrow());
      }
    }
    keepsACookieThatNoPageWithoutTlsCanSet(address, certificate.trusted());
    refusesWhatIsOld(address);
    refusesWhatIsWeak(address, certificate.trusted());
    saysNothingWithoutTls(address);
    servesWhatIsRenewed(address, certificate);
    Ended ended = node.terminate();
    assertEquals(0, ended.exitCode());
    assertEquals(0, ended.errors().size(), ended.errors().toString());
  }

  private static void keepsACookieThatNoPageWithoutTlsCanSet(URI address, SSLContext trusted)
      throws Exception {
    String name = new People("sweet-shop").registered();
    String login =
        "{\"tenant\":\"sweet-shop\",\"username\":\"%s\",\"password\":\"%s\"}"
            .formatted(name, People.PASSWORD);
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusted).build()) {
      HttpResponse<String> in =
          client.send(
              HttpRequest.newBuilder(address.resolve("/v1/auth/console"))
                  .header("Content-Type", "application/json")
                  .header("Origin", address.toString())
                  .POST(BodyPublishers.ofString(login))
                  .build(),
              BodyHandlers.ofString());
      String cookie = in.headers().firstValue("Set-Cookie").orElse(in.body());
      Matcher form = COOKIE.matcher(cookie);
      assertTrue(form.matches(), cookie);
      assertFalse(in.body().contains("hc_"), "it is in the cookie alone");
      assertEquals(200, account(client, address, "__Host-holdfast=" + form.group(1)));
      assertEquals(401, account(client, address, "holdfast=" + form.group(1)));
    }
  }

  private static int account(HttpClient client, URI address, String cookie) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/v1/account")).header("Cookie", cookie).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static void refusesWhatIsOld(URI address) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(HexFormat.of().parseHex(OLD_HELLO));
      byte[] answer = socket.getInputStream().readAllBytes();
      assertEquals(ALERT, answer[0], HexFormat.of().formatHex(answer));
      assertEquals(PROTOCOL_VERSION, answer[6], HexFormat.of().formatHex(answer));
    }
  }

  /// What encrypts first and authenticates apart, which the certificate's key would allow.
  private static void refusesWhatIsWeak(URI address, SSLContext trusted) throws IOException {
    for (String weak :
        List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA")) {
      SSLException refused =
          assertThrows(SSLException.class, () -> agree(address, trusted, weak), weak);
      assertTrue(String.valueOf(refused.getMessage()).contains("fatal alert"), refused.toString());
    }
    agree(address, trusted, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
  }

  private static void agree(URI address, SSLContext trusted, String suite) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) trusted.getSocketFactory().createSocket(address.getHost(), address.getPort())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {suite});
      socket.startHandshake();
      assertEquals(suite, socket.getSession().getCipherSuite());
    }
  }

  private static void saysNothingWithoutTls(URI address) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      byte[] answer = socket.getInputStream().readAllBytes();
      assertFalse(new String(answer, StandardCharsets.ISO_8859_1).contains("HTTP/"));
    }
  }

  private static void servesWhatIsRenewed(URI address, SelfSigned certificate) throws Exception {
    SSLContext before = certificate.trusted();
    certificate.make();
    SSLContext after = certificate.trusted();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!isServed(address, after)) {
      assertTrue(System.nanoTime() < deadline, "the renewed certificate is not served");
    }
    assertThrows(
        SSLHandshakeException.class, () -> ping(address, before, Version.HTTP_2, "TLSv1.3"));
  }

  private static boolean isServed(URI address, SSLContext trusted) throws Exception {
    try {
      return ping(address, trusted, Version.HTTP_2, "TLSv1.3").statusCode() == 401;
    } catch (SSLHandshakeException e) {
      return false;
    }
  }

  private static HttpResponse<String> ping(
      URI address, SSLContext trusted, Version version, String protocol) throws Exception {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {protocol});
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(trusted)
            .sslParameters(parameters)
            .build()) {
      HttpRequest ping =
          HttpRequest.newBuilder(address.resolve("/v1/ping"))
              .timeout(Duration.ofSeconds(30))
              .build();
      return client.send(ping, BodyHandlers.ofString());
    }
  }

  private static String[] serve(Path folder, SelfSigned certificate) throws IOException {
    return new String[] {
      "serve",
      "--port",
      "0",
      "--audit-interval-seconds",
      "0",
      "--data-dir",
      folder.toString(),
      "--db-url",
      DataFolder.databaseUrl(TestNode.shared().folder()),
      "--tls-certificate",
      certificate.certificate().toString(),
      "--tls-key",
      certificate.key().toString(),
      "--tls-reload-seconds",
      "1"
    };
  }
}
