package io.holdfast.proof.node;

import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterSettings;
import io.holdfast.proof.proxy.DatabaseProxy;
import io.holdfast.proof.till.Till;
import io.holdfast.redis.ThrowawayRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Our own shop: a throwaway PostgreSQL and some nodes on it, with a Redis if their control needs
/// one; gone without a trace at the end.
public final class Fleet implements AutoCloseable {
  private final Install install;
  private final String control;
  private final Path folder;
  private final boolean isBreakable;
  private final Till till;
  private final Thread tidy = new Thread(this::closeInOrder, "holdfast-fleet");
  private final List<Node> nodes = new CopyOnWriteArrayList<>();
  private @Nullable Cluster cluster;
  private @Nullable ThrowawayRedis redis;
  private @Nullable DatabaseProxy way;
  private volatile boolean isClosed;

  private Fleet(Install install, String control, Path folder, boolean isBreakable, Till till) {
    this.install = install;
    this.control = control;
    this.folder = folder;
    this.isBreakable = isBreakable;
    this.till = till;
  }

  /// Opens one, and clears away what a run that was killed has left.
  public static Fleet open(Install install, String control) throws IOException {
    return open(install, control, false);
  }

  /// One whose way to the database can be broken.
  public static Fleet openBreakable(Install install, String control) throws IOException {
    return open(install, control, true);
  }

  private static Fleet open(Install install, String control, boolean isBreakable)
      throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    new Leftovers(parent).discard();
    Path folder = Files.createTempDirectory(parent, Leftovers.PREFIX);
    Fleet fleet = new Fleet(install, control, folder, isBreakable, Till.open());
    // Before there is anything to tidy up: Ctrl-C may come while it is being made.
    Runtime.getRuntime().addShutdownHook(fleet.tidy);
    fleet.start();
    return fleet;
  }

  private synchronized void start() throws IOException {
    requireOpen();
    try {
      cluster = Cluster.open(folder.resolve(Leftovers.CLUSTER), ClusterSettings.throwaway());
      if (isBreakable) {
        way = DatabaseProxy.before(cluster().port());
      }
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  /// Has at least so many nodes running.
  public void grow(int count) throws IOException {
    // The first node migrates and loads the demonstration; the others find it done.
    while (nodes.size() < count) {
      add().awaitReady();
    }
  }

  private synchronized Node add() throws IOException {
    requireOpen();
    Path own = folder.resolve("node-" + (nodes.size() + 1));
    Node node = Node.start(install, own, environment(), arguments());
    nodes.add(node);
    return node;
  }

  private void requireOpen() throws IOException {
    if (isClosed) {
      throw new IOException("the nodes are being stopped");
    }
  }

  private List<String> arguments() {
    List<String> words = new ArrayList<>(List.of("--control", control));
    // Where the prover receives webhooks.
    words.addAll(List.of("--webhook-networks", "127.0.0.0/8"));
    words.addAll(List.of("--stripe-url", till.url()));
    if (control.equals(Controls.UNPROTECTED)) {
      words.add("--throwaway");
    }
    return words;
  }

  /// Not among the arguments, where everybody on the machine reads the passwords.
  private Map<String, String> environment() throws IOException {
    String url = way().map(this::ownerUrlBy).orElseGet(this::ownerUrl);
    return control.equals(Controls.FENCED_LOCK)
        ? Map.of("HOLDFAST_DB_URL", url, "HOLDFAST_REDIS_URL", redisUrl())
        : Map.of("HOLDFAST_DB_URL", url);
  }

  private String ownerUrlBy(DatabaseProxy proxy) {
    return ownerUrl().replaceFirst(":" + cluster().port() + "/", ":" + proxy.port() + "/");
  }

  /// The way of the nodes to the database, if it can be broken.
  public Optional<DatabaseProxy> way() {
    return Optional.ofNullable(way);
  }

  /// The server's process; 0 while it is down.
  public long databasePid() {
    return cluster().pid();
  }

  /// Where a Redis is, which is started when it is asked for first.
  public synchronized String redisUrl() throws IOException {
    requireOpen();
    ThrowawayRedis running = redis;
    if (running == null) {
      running = ThrowawayRedis.open(folder.resolve(Leftovers.REDIS));
      redis = running;
    }
    return running.url();
  }

  /// Where the nodes take money.
  public Till till() {
    return till;
  }

  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  public String ownerUrl() {
    return cluster().ownerUrl();
  }

  public String superuserUrl() {
    return cluster().superuserUrl();
  }

  private Cluster cluster() {
    Cluster open = cluster;
    if (open == null) {
      throw new IllegalStateException("the fleet has no database yet");
    }
    return open;
  }

  @Override
  public void close() {
    closeInOrder();
    try {
      Runtime.getRuntime().removeShutdownHook(tidy);
    } catch (IllegalStateException alreadyGoingDown) {
      // The hook found that there is nothing left to do.
    }
  }

  private synchronized void closeInOrder() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    nodes.forEach(Node::close);
    till.close();
    try {
      if (redis != null) {
        redis.kill();
      }
      if (way != null) {
        way.close();
      }
      if (cluster != null) {
        cluster.destroy();
      }
    } finally {
      delete(folder);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException left) {
      System.err.println("Left behind: " + folder + " (" + left.getMessage() + ")");
    }
  }
}
