package io.holdfast.server.start;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Stands between a pool and PostgreSQL, without TLS, and knows where a message of the protocol
/// begins and ends. It loses a connection in front of the message that it was told to.
final class PostgresRelay implements AutoCloseable {

  /// Who sends the messages that are counted.
  enum Sender {
    CLIENT,
    DATABASE
  }

  /// How a connection is lost.
  enum Loss {
    /// Neither end hears anything more of the other.
    CUT,
    /// The database ends the session and says so.
    TERMINATED
  }

  /// @param message the first is 1; it does not get through a cut
  record Point(Sender sender, Loss loss, int message) {}

  private static final class Aim {
    private final Point point;
    private int seen;

    Aim(Point point) {
      this.point = point;
    }

    synchronized boolean isHitBy(Sender sender) {
      return sender == point.sender() && ++seen == point.message();
    }
  }

  private final int databasePort;
  private final IntConsumer terminator;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Aim> aim = new AtomicReference<>();

  private PostgresRelay(int databasePort, IntConsumer terminator, ServerSocket listener) {
    this.databasePort = databasePort;
    this.terminator = terminator;
    this.listener = listener;
  }

  /// @param terminator ends the session of a backend, whose process id it is given, and returns
  ///   when it has ended
  static PostgresRelay before(int databasePort, IntConsumer terminator) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    PostgresRelay relay = new PostgresRelay(databasePort, terminator, listener);
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  int port() {
    return listener.getLocalPort();
  }

  /// From now on messages of sessions that are established count, whichever session's they are.
  void aim(Point point) {
    aim.set(new Aim(point));
  }

  /// Answers whether the point was reached.
  boolean disarm() {
    return aim.getAndSet(null) == null;
  }

  @Override
  public void close() {
    shut(listener);
    open.forEach(PostgresRelay::shut);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
        new Session(client, database).begin();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void shut(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException("a socket that can't be closed", e);
    }
  }

  /// A client's connection and the one that stands for it at the database.
  private final class Session {
    private static final int LENGTH_BYTES = 4;

    private final Socket client;
    private final Socket database;
    private volatile int backend;
    private volatile boolean isEstablished;

    Session(Socket client, Socket database) throws IOException {
      this.client = client;
      this.database = database;
      client.setTcpNoDelay(true);
      database.setTcpNoDelay(true);
      open.add(client);
      open.add(database);
    }

    void begin() {
      Thread.ofVirtual().start(() -> pass(Sender.CLIENT, client, database));
      Thread.ofVirtual().start(() -> pass(Sender.DATABASE, database, client));
    }

    private void pass(Sender sender, Socket from, Socket to) {
      try (DataInputStream in =
              new DataInputStream(new BufferedInputStream(from.getInputStream()));
          DataOutputStream out =
              new DataOutputStream(new BufferedOutputStream(to.getOutputStream()))) {
        if (sender == Sender.CLIENT) {
          // The only message without a type begins the session.
          passBody(in, out, in.readInt(), -1);
          out.flush();
        }
        while (passMessage(sender, in, out)) {
          if (in.available() == 0) {
            out.flush();
          }
        }
      } catch (IOException over) {
        // One of the two has hung up, and the other is told by what follows.
      } finally {
        end();
      }
    }

    private boolean passMessage(Sender sender, DataInputStream in, DataOutputStream out)
        throws IOException {
      int type = in.readByte();
      int length = in.readInt();
      if (isEstablished && isLostAt(sender, out)) {
        return false;
      }
      out.writeByte(type);
      passBody(in, out, length, type);
      return true;
    }

    /// What came before is on its way by then.
    private boolean isLostAt(Sender sender, DataOutputStream out) throws IOException {
      Aim armed = aim.get();
      if (armed == null || !armed.isHitBy(sender) || !aim.compareAndSet(armed, null)) {
        return false;
      }
      out.flush();
      if (armed.point.loss() == Loss.TERMINATED) {
        terminator.accept(backend);
        return false;
      }
      return true;
    }

    private void passBody(DataInputStream in, DataOutputStream out, int length, int type)
        throws IOException {
      byte[] body = in.readNBytes(length - LENGTH_BYTES);
      if (type == 'K') {
        backend = new DataInputStream(new ByteArrayInputStream(body)).readInt();
      }
      if (type == 'Z') {
        isEstablished = true;
      }
      out.writeInt(length);
      out.write(body);
    }

    private void end() {
      try (client;
          database) {
        open.remove(client);
        open.remove(database);
      } catch (IOException e) {
        throw new UncheckedIOException("a socket that can't be closed", e);
      }
    }
  }
}
