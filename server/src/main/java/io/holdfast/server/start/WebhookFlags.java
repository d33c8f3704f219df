package io.holdfast.server.start;

import io.holdfast.server.origin.Network;
import io.holdfast.server.webhook.Destinations;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The options of `serve` about where webhooks may lead.
final class WebhookFlags {
  private static final String NETWORKS = "--webhook-networks";

  @Option(
      names = NETWORKS,
      defaultValue = "${env:HOLDFAST_WEBHOOK_NETWORKS}",
      split = ",",
      paramLabel = "NETWORK",
      description = {
        "networks, such as 10.0.0.0/8, to which webhooks may be sent though they are not public,",
        "by http, too; several with commas; HOLDFAST_WEBHOOK_NETWORKS says the same",
        "(default: none)"
      })
  private List<String> opened = List.of();

  Destinations parsed(Problems problems) {
    List<Network> networks = new ArrayList<>();
    for (String text : opened) {
      problems.unlessParsed(() -> Network.parse(NETWORKS, text)).ifPresent(networks::add);
    }
    return new Destinations(networks);
  }
}
