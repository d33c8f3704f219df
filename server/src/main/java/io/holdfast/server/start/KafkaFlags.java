package io.holdfast.server.start;

import io.holdfast.server.kafka.KafkaTarget;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `serve` about Kafka.
final class KafkaFlags {
  private static final String SERVERS = "--kafka-servers";
  private static final String CONFIG = "--kafka-config";
  private static final String TOPIC = "--kafka-topic";
  private static final Pattern SERVER = Pattern.compile("([^:\\s]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}");
  private static final Pattern HERE =
      Pattern.compile("(127\\.\\d+\\.\\d+\\.\\d+|localhost|\\[::1]):\\d+");

  @Option(
      names = SERVERS,
      defaultValue = "${env:HOLDFAST_KAFKA_SERVERS}",
      split = ",",
      paramLabel = "HOST:PORT",
      description = {
        "brokers of Kafka that all events of all tenants are sent to; several with commas;",
        "HOLDFAST_KAFKA_SERVERS says the same (default: none)"
      })
  private List<String> servers = List.of();

  @Option(
      names = TOPIC,
      paramLabel = "NAME",
      description = "the topic that they are sent to (default: ${DEFAULT-VALUE})")
  private String topic = "holdfast-events";

  @Option(
      names = CONFIG,
      defaultValue = "${env:HOLDFAST_KAFKA_CONFIG}",
      paramLabel = "FILE",
      description = {
        "properties of the producer, such as security.protocol, sasl.jaas.config and",
        "ssl.truststore.location; nobody else may be able to read it;",
        "HOLDFAST_KAFKA_CONFIG says the same"
      })
  private @Nullable Path config;

  @Option(
      names = "--plain-kafka",
      description = "reach the brokers without TLS, though they are on other machines")
  private boolean isPlainAllowed;

  Optional<KafkaTarget> parsed(Problems problems) {
    if (servers.isEmpty()) {
      if (config != null) {
        problems.add(CONFIG + " needs " + SERVERS);
      }
      return Optional.empty();
    }
    for (String server : servers) {
      if (!SERVER.matcher(server).matches()) {
        problems.add(SERVERS + " must be like kafka-1:9092,kafka-2:9092, not " + server);
      }
    }
    Map<String, String> settings = settings(problems);
    if (!isPlainAllowed && !isSecure(settings) && !servers.stream().allMatch(KafkaFlags::isHere)) {
      problems.add(
          "%s goes to another machine and needs security.protocol=SSL or SASL_SSL in %s,"
                  .formatted(SERVERS, CONFIG)
              + " or --plain-kafka");
    }
    return problems.unlessParsed(() -> new KafkaTarget(servers, topic, settings));
  }

  private static boolean isSecure(Map<String, String> settings) {
    return settings.getOrDefault("security.protocol", "").endsWith("SSL");
  }

  private static boolean isHere(String server) {
    return HERE.matcher(server).matches();
  }

  /// Of a file that others can read nothing is looked at: what is in it is known already.
  private Map<String, String> settings(Problems problems) {
    Path file = config;
    Map<String, String> settings = new HashMap<>();
    if (file != null
        && problems.unlessReadable(CONFIG, file)
        && problems.unlessPrivate(CONFIG, file)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        problems.add(CONFIG + ": " + file + " can't be read as properties in UTF-8");
      }
      properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    }
    return settings;
  }
}
