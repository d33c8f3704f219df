package io.holdfast.proof.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// A closed loop over many connections in one thread: each sends, waits for its answer, and sends
/// again, at once or when its pause is over.
final class LoadLoop {

  private static final int REQUEST_BYTES_MAX = 2_048;
  private static final int ANSWER_BYTES_MAX = 16_384;
  private static final int SELECT_MILLIS = 100;

  private final LoadRequests requests;
  private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final Queue<Caller> pausing = new PriorityQueue<>(LoadLoop::byTurn);
  private final long pauseNanos;
  private final long fromNanos;
  private final long untilNanos;
  private long others;

  /// @param pauseNanos from one request of a connection to its next; 0: none
  LoadLoop(LoadRequests requests, long pauseNanos, long fromNanos, long untilNanos) {
    this.requests = requests;
    this.pauseNanos = pauseNanos;
    this.fromNanos = fromNanos;
    this.untilNanos = untilNanos;
  }

  private static final class Caller {
    final SocketChannel channel;
    final ByteBuffer out = ByteBuffer.allocate(REQUEST_BYTES_MAX);
    final ByteBuffer in = ByteBuffer.allocate(ANSWER_BYTES_MAX);
    long sentNanos;
    long dueNanos;

    Caller(SocketChannel channel) {
      this.channel = channel;
    }
  }

  private static int byTurn(Caller one, Caller other) {
    return Long.signum(one.dueNanos - other.dueNanos);
  }

  Histogram latencies() {
    return latencies;
  }

  long others() {
    return others;
  }

  void run(int connections) throws IOException {
    try (Selector selector = Selector.open()) {
      long start = System.nanoTime();
      for (int i = 0; i < connections; i++) {
        // Spread over one pause, so that they don't come all at once for ever.
        connect(selector, start + pauseNanos * i / connections);
      }
      while (System.nanoTime() < untilNanos) {
        selector.select(key -> advance(selector, key), pauseNanos == 0 ? SELECT_MILLIS : 1);
        sendDue(selector);
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
  }

  private void connect(Selector selector, long dueNanos) throws IOException {
    var endpoint = requests.endpoint();
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(endpoint.host(), endpoint.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Caller caller = new Caller(channel);
    channel.register(selector, SelectionKey.OP_READ, caller);
    sendOrPause(caller, dueNanos);
  }

  private void sendOrPause(Caller caller, long dueNanos) throws IOException {
    if (pauseNanos == 0) {
      send(caller);
    } else {
      caller.dueNanos = dueNanos;
      pausing.add(caller);
    }
  }

  private void sendDue(Selector selector) {
    long now = System.nanoTime();
    for (Caller next = pausing.peek();
        next != null && next.dueNanos - now <= 0;
        next = pausing.peek()) {
      pausing.remove();
      try {
        send(next);
      } catch (IOException lost) {
        others++;
        reconnect(selector, next.channel);
      }
    }
  }

  private void advance(Selector selector, SelectionKey key) {
    Caller caller = (Caller) key.attachment();
    try {
      if (caller.channel.read(caller.in) < 0) {
        throw new IOException("the server has hung up");
      }
      int status = AnswerScanner.status(caller.in);
      if (status != AnswerScanner.INCOMPLETE) {
        count(caller, status);
        sendOrPause(caller, caller.sentNanos + pauseNanos);
      }
    } catch (IOException lost) {
      others++;
      key.cancel();
      // One that hangs up between two requests is no longer due.
      pausing.remove(caller);
      reconnect(selector, caller.channel);
    }
  }

  private void reconnect(Selector selector, SocketChannel lost) {
    try {
      lost.close();
      connect(selector, System.nanoTime() + pauseNanos);
    } catch (IOException gone) {
      // One caller less; it shows in the count of others.
      others++;
    }
  }

  private void count(Caller caller, int status) {
    long now = System.nanoTime();
    if (status < 200 || status > 299) {
      others++;
    } else if (caller.sentNanos >= fromNanos && now < untilNanos) {
      latencies.recordValue(Math.min(now - caller.sentNanos, latencies.getHighestTrackableValue()));
    }
  }

  private void send(Caller caller) throws IOException {
    requests.next(caller.out);
    caller.in.clear();
    caller.sentNanos = System.nanoTime();
    // A request is smaller than any socket's buffer, and the last one was answered.
    while (caller.out.hasRemaining()) {
      caller.channel.write(caller.out);
    }
  }
}
