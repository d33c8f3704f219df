package io.holdfast.server.start;

import io.holdfast.server.demo.Demonstration;
import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;

/// What the person who started the node reads when it serves. Keys are shown to a person at a
/// terminal only: what goes anywhere else goes into a log sooner or later.
final class ReadyText {
  private ReadyText() {}

  static String of(ServeOptions options, int port, Node node) {
    String scheme = options.edge().tls().isPresent() ? "https" : "http";
    String address = scheme + "://" + name(options) + ":" + port;
    StringBuilder text = new StringBuilder("Holdfast is ready at " + address + "\n");
    if (node.keys().isEmpty()) {
      return text.toString();
    }
    Path credentials = options.dataFolder().resolve("credentials");
    text.append("\nAPI keys, kept in ").append(credentials).append(":\n");
    String line = isTerminal() ? "  %-14s %s%n" : "  %s%n";
    node.keys().forEach((slug, key) -> text.append(line.formatted(slug, key.text())));
    if (node.demonstration().ticketOffice().isPresent()) {
      text.append("\nBuy one ticket:\n").append(curl(address, credentials, node.demonstration()));
    }
    return text.toString();
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private static String name(ServeOptions options) {
    return options.isLoopback() ? "localhost" : options.host();
  }

  private static String curl(String address, Path credentials, Demonstration demonstration) {
    if (demonstration.isOpen()) {
      return """
        curl -X POST %s/buy_ticket -H 'Content-Type: application/json' -d '{"customer_id": "me"}'
      """
          .formatted(address);
    }
    return """
      KEY=$(sed -n 's/^%s=//p' %s)
      curl -X POST %s/v1/purchases -H "Authorization: Bearer $KEY" \\
           -H 'Content-Type: application/json' -d '{"lines": [{"sku": "%s", "quantity": 1}]}'
    """
        .formatted(
            demonstration.keys().keySet().iterator().next(),
            credentials,
            address,
            Demonstration.TICKET.value());
  }
}
