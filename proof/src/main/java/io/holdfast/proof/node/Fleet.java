package io.holdfast.proof.node;

import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Our own shop: a throwaway PostgreSQL and some nodes on it, gone without a trace at the end.
public final class Fleet implements AutoCloseable {

  private static final String UNPROTECTED = "unprotected";

  private final Install install;
  private final String control;
  private final Path folder;
  private final Cluster cluster;
  private final List<Node> nodes = new ArrayList<>();
  private boolean isClosed;

  private Fleet(Install install, String control, Path folder, Cluster cluster) {
    this.install = install;
    this.control = control;
    this.folder = folder;
    this.cluster = cluster;
  }

  /// Opens one, and clears away what a run that was killed has left.
  public static Fleet open(Install install, String control) throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    new Leftovers(parent).discard();
    Path folder = Files.createTempDirectory(parent, Leftovers.PREFIX);
    try {
      Cluster cluster =
          Cluster.open(folder.resolve(Leftovers.CLUSTER), ClusterSettings.throwaway());
      return new Fleet(install, control, folder, cluster);
    } catch (RuntimeException failed) {
      delete(folder);
      throw failed;
    }
  }

  /// Has at least so many nodes running.
  public void grow(int count) throws IOException {
    // The first node migrates and loads the demonstration; the others find it done.
    while (nodes.size() < count) {
      Path own = folder.resolve("node-" + (nodes.size() + 1));
      Node node = Node.start(install, own, arguments());
      nodes.add(node);
      node.awaitReady();
    }
  }

  private List<String> arguments() {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--db-url", cluster.ownerUrl(), "--control", control));
    if (control.equals(UNPROTECTED)) {
      words.add("--throwaway");
    }
    return words;
  }

  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  public String ownerUrl() {
    return cluster.ownerUrl();
  }

  public String superuserUrl() {
    return cluster.superuserUrl();
  }

  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    nodes.forEach(Node::close);
    cluster.destroy();
    delete(folder);
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
