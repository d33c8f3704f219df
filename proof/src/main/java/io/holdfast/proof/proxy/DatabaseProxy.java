package io.holdfast.proof.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between nodes and their PostgreSQL, and cuts or slows down what goes through. It knows
/// the messages of the protocol, so that it can cut at COMMIT.
public final class DatabaseProxy implements AutoCloseable {
  private final int database;
  private final Doorway door;
  private final Set<DatabaseLink> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger commitsToCut = new AtomicInteger();
  private final AtomicInteger cutCommits = new AtomicInteger();
  private volatile long delayMillis;

  private DatabaseProxy(int database, Doorway door) {
    this.database = database;
    this.door = door;
  }

  /// @param database the port at which PostgreSQL listens on this machine, now and later
  public static DatabaseProxy before(int database) throws IOException {
    DatabaseProxy proxy = new DatabaseProxy(database, Doorway.open());
    proxy.door.letIn(proxy::serve);
    return proxy;
  }

  public int port() {
    return door.port();
  }

  /// Cuts all that there are.
  ///
  /// @return how many
  public int cut() {
    int cut = 0;
    for (DatabaseLink link : List.copyOf(links)) {
      if (links.remove(link)) {
        link.close();
        cut++;
      }
    }
    return cut;
  }

  /// The next so many COMMITs cost their connections.
  public void cutAtCommit(int times) {
    commitsToCut.set(times);
  }

  /// How many COMMITs have cost their connection so far.
  public int cutCommits() {
    return cutCommits.get();
  }

  /// From now on what goes to the database takes so much longer, message by message.
  public void slowBy(long millis) {
    delayMillis = millis;
  }

  long delayMillis() {
    return delayMillis;
  }

  /// How a COMMIT that is on its way is to be cut, if it is.
  CommitCut nextCommit() {
    if (commitsToCut.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      return CommitCut.NOT;
    }
    return cutCommits.getAndIncrement() % 2 == 0
        ? CommitCut.BEFORE_IT_IS_SENT
        : CommitCut.BEFORE_IT_IS_ANSWERED;
  }

  @Override
  public void close() {
    door.close();
    cut();
  }

  private void serve(Socket node) {
    try (node;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), database);
        DatabaseLink link = new DatabaseLink(this, node, server)) {
      links.add(link);
      try {
        link.serve();
      } finally {
        links.remove(link);
      }
    } catch (IOException over) {
      // One of the two has hung up, or the database is away; the other is closed with it.
    }
  }
}
