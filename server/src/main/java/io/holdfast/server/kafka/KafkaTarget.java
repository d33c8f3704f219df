package io.holdfast.server.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;

/// The brokers and the topic that events go to.
///
/// @param servers `host:port` of some of the brokers
/// @param settings of the producer, such as those of TLS; what the sink needs to be right is not
///   among them
public record KafkaTarget(List<String> servers, String topic, Map<String, String> settings) {
  /// One name for all nodes: whoever begins with it, ends what another one has under way.
  private static final String TRANSACTIONAL_ID = "holdfast-";

  private static final Set<String> OURS =
      Set.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

  /// Usual limits, so that a round ends before its lease does.
  private static final Map<String, Object> USUAL =
      Map.of(
          ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
          ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000,
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 20_000);

  /// @throws IllegalArgumentException saying what can't be
  public KafkaTarget {
    servers = List.copyOf(servers);
    settings = Map.copyOf(settings);
    if (!topic.matches("[a-zA-Z0-9._-]{1,249}")) {
      throw new IllegalArgumentException("a topic can't be named " + topic);
    }
    for (String name : settings.keySet()) {
      if (OURS.contains(name)) {
        throw new IllegalArgumentException(name + " is not yours to choose");
      }
    }
  }

  /// By which the database knows how far it is.
  String sink() {
    return "kafka/" + topic;
  }

  /// Of a producer whose messages are there all together or not at all.
  Map<String, Object> producerSettings() {
    Map<String, Object> all = new HashMap<>(USUAL);
    all.putAll(settings);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID + topic);
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    return all;
  }
}
