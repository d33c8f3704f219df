package io.holdfast.server.start;

import io.holdfast.server.demo.Demonstration;

/// What the person who started the node reads when it serves.
final class ReadyText {
  private ReadyText() {}

  static String of(ServeOptions options, int port, Node node) {
    String scheme = options.edge().tls().isPresent() ? "https" : "http";
    String address = scheme + "://" + name(options) + ":" + port;
    StringBuilder text = new StringBuilder("Holdfast is ready at " + address + "\n");
    if (node.keys().isEmpty()) {
      return text.toString();
    }
    text.append("\nAPI keys, kept in ")
        .append(options.dataFolder().resolve("credentials"))
        .append(":\n");
    node.keys().forEach((slug, key) -> text.append("  %-14s %s%n".formatted(slug, key.text())));
    if (node.demonstration().ticketOffice().isPresent()) {
      text.append("\nBuy one ticket:\n").append(curl(address, node.demonstration()));
    }
    return text.toString();
  }

  private static String name(ServeOptions options) {
    return options.isLoopback() ? "localhost" : options.host();
  }

  private static String curl(String address, Demonstration demonstration) {
    if (demonstration.isOpen()) {
      return """
        curl -X POST %s/buy_ticket -H 'Content-Type: application/json' -d '{"customer_id": "me"}'
      """
          .formatted(address);
    }
    return """
      curl -X POST %s/v1/purchases -H 'Authorization: Bearer %s' \\
           -H 'Content-Type: application/json' -d '{"lines": [{"sku": "%s", "quantity": 1}]}'
    """
        .formatted(
            address,
            demonstration.keys().values().iterator().next().text(),
            Demonstration.TICKET.value());
  }
}
