package io.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prov",
        "prove --scenrio basic",
        "prove --scenario basik",
        "prove --nodes 0",
        "prove --interface v2",
        "prove --target ftp://somewhere",
        "prove --db-url postgresql://localhost/shop",
        "prove --target http://localhost:1 --scenario kill",
        "prove --target http://localhost:1 --faults kill-node",
        "prove --faults kill-everything",
        "prove --faults kill-node --scenario basic",
        "prove --strikes 0",
        "prove --target http://localhost:1 --scenario registration",
        "prove --interface plain --scenario expiry",
        "prove --compare unprotected,combined --control combined",
        "prove --compare unprotected,combind",
        "prove --control nope",
        "bench --control nope"
      })
  void refusesWhatItDoesNotUnderstandWithExitCode2(String arguments) {
    assertEquals(2, Main.run(arguments.split(" ", -1)));
  }

  @Test
  void endsWithExitCode4WhenTheProverItselfFails() throws Exception {
    HttpServer noShop =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    noShop.createContext("/", exchange -> exchange.sendResponseHeaders(404, -1));
    noShop.start();
    try {
      String url = "http://127.0.0.1:" + noShop.getAddress().getPort();
      assertEquals(4, Main.run("prove", "--target", url, "--scenario", "basic"));
    } finally {
      noShop.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "prove --help"})
  void explainsItself(String arguments) {
    assertEquals(0, Main.run(arguments.split(" ", -1)));
  }
}
