package io.holdfast.server.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/// A broker of Kafka in this process, alone and its own controller, on ports that were free and in
/// a folder that goes with it. It can be stopped and started again.
final class TestBroker implements AutoCloseable {
  private static final int PARTITIONS = 3;
  private static final int NODE = 1;
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Path folder;
  private final int port;
  private final KafkaConfig config;
  private KafkaRaftServer server;

  private TestBroker(Path folder, int port, KafkaConfig config) {
    this.folder = folder;
    this.port = port;
    this.config = config;
    this.server = new KafkaRaftServer(config, Time.SYSTEM);
  }

  static TestBroker start() throws Exception {
    Path folder = Files.createTempDirectory("holdfast-test-kafka");
    int port = freePort();
    int controllerPort = freePort();
    Path logs = folder.resolve("logs");
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(NODE)
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(logs.toString())
        .addDirectory(logs.toString())
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .run();
    Properties properties = new Properties();
    properties.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", Integer.toString(NODE)),
            Map.entry("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort),
            Map.entry(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
            Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("log.dirs", logs.toString()),
            Map.entry("num.partitions", Integer.toString(PARTITIONS)),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0")));
    TestBroker broker = new TestBroker(folder, port, new KafkaConfig(properties, false));
    broker.server.startup();
    return broker;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  void startAgain() {
    server = new KafkaRaftServer(config, Time.SYSTEM);
    server.startup();
  }

  /// What is in a topic with such a key, as who sees only what was committed. That can be seen a
  /// little later than the commit, so it is waited for as many.
  List<ConsumerRecord<String, String>> read(String topic, String key, int count) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            address(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest");
    List<ConsumerRecord<String, String>> found = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = System.nanoTime() + MAX_WAIT.toNanos();
      while (found.size() < count && System.nanoTime() < end) {
        consumer.poll(POLL).forEach(found::addLast);
        found.removeIf(one -> !one.key().startsWith(key));
      }
      // Whatever there is too much of would come now.
      consumer.poll(POLL).forEach(found::addLast);
      found.removeIf(one -> !one.key().startsWith(key));
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
