package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Somebody knows a name and guesses, to get in or to keep its owner out.
class LockoutTest {
  private static final int MAX_GUESSES = 25;
  private static final String OWNERS = "127.0.0.31";
  private static final String STRANGERS = "127.0.0.32";
  private static final String ANOTHER = "127.0.0.33";

  private final People people = new People("warehouse");

  @AfterEach
  void forgets() {
    people.asOwner("DELETE FROM holdfast.login_attempts WHERE attempts >= 25");
  }

  @Test
  void strangersWhoGuessKeepNobodyOutWhoHasBeenIn() throws Exception {
    String name = people.registered();
    assertEquals(200, login(OWNERS, name, People.PASSWORD));
    guess(STRANGERS, name);
    assertEquals(429, login(STRANGERS, name, People.PASSWORD));
    assertEquals(429, login(ANOTHER, name, People.PASSWORD));
    assertEquals(200, login(OWNERS, name, People.PASSWORD));
  }

  @Test
  void whoHasBeenInIsNotLetGuessForEver() throws Exception {
    String name = people.registered();
    assertEquals(200, login(OWNERS, name, People.PASSWORD));
    guess(OWNERS, name);
    assertEquals(429, login(OWNERS, name, People.PASSWORD));
    assertEquals(200, login(ANOTHER, name, People.PASSWORD));
  }

  private static void guess(String from, String name) throws IOException, InterruptedException {
    for (int i : IntStream.rangeClosed(1, MAX_GUESSES).toArray()) {
      assertEquals(401, login(from, name, "guess number " + i));
    }
  }

  private static int login(String from, String name, String password)
      throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .localAddress(InetAddress.getByName(from))
            .build()) {
      String body =
          "{\"tenant\":\"warehouse\",\"username\":\"%s\",\"password\":\"%s\"}"
              .formatted(name, password);
      HttpRequest login =
          HttpRequest.newBuilder(
                  URI.create(TestNode.shared().stranger().address() + "/v1/auth/login"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      return client.send(login, BodyHandlers.discarding()).statusCode();
    }
  }
}
