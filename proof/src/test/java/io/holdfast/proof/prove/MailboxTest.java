package io.holdfast.proof.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.webhook.Subscription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static Subscription got(String url) throws IOException {
    Target target = new Target(Interface.V1, "", List.of(url));
    try (Desk desk = new Desk(target);
        Mailbox mailbox = Mailbox.open(desk, Arena.of(target, Optional.empty()), target)) {
      return mailbox.got();
    }
  }

  @Test
  void leavesWebhooksOutWhereTheShopIsElsewhere() throws IOException {
    assertEquals(
        new Subscription.LeftOut("the shop is not on this machine"), got("http://192.0.2.1:8000"));
  }

  @Test
  void leavesWebhooksOutWhereTheShopRefusesThem() throws IOException {
    HttpServer shop =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext("/", exchange -> exchange.sendResponseHeaders(400, -1));
    shop.start();
    try {
      assertEquals(
          new Subscription.LeftOut("the shop takes none to this machine: 400 "),
          got("http://127.0.0.1:" + shop.getAddress().getPort()));
    } finally {
      shop.stop(0);
    }
  }
}
