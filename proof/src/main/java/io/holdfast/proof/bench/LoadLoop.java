package io.holdfast.proof.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// A closed loop over many connections in one thread: each sends, waits for its answer, and sends
/// again.
final class LoadLoop {

  private static final int REQUEST_BYTES_MAX = 2_048;
  private static final int ANSWER_BYTES_MAX = 16_384;
  private static final int SELECT_MILLIS = 100;

  private final LoadRequests requests;
  private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final long fromNanos;
  private final long untilNanos;
  private long others;

  LoadLoop(LoadRequests requests, long fromNanos, long untilNanos) {
    this.requests = requests;
    this.fromNanos = fromNanos;
    this.untilNanos = untilNanos;
  }

  private static final class Caller {
    final ByteBuffer out = ByteBuffer.allocate(REQUEST_BYTES_MAX);
    final ByteBuffer in = ByteBuffer.allocate(ANSWER_BYTES_MAX);
    long sentNanos;
  }

  Histogram latencies() {
    return latencies;
  }

  long others() {
    return others;
  }

  void run(int connections) throws IOException {
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        connect(selector);
      }
      while (System.nanoTime() < untilNanos) {
        selector.select(key -> advance(selector, key), SELECT_MILLIS);
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
  }

  private void connect(Selector selector) throws IOException {
    var endpoint = requests.endpoint();
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(endpoint.host(), endpoint.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Caller caller = new Caller();
    channel.register(selector, SelectionKey.OP_READ, caller);
    send(channel, caller);
  }

  private void advance(Selector selector, SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    Caller caller = (Caller) key.attachment();
    try {
      if (channel.read(caller.in) < 0) {
        throw new IOException("the server has hung up");
      }
      int status = AnswerScanner.status(caller.in);
      if (status != AnswerScanner.INCOMPLETE) {
        count(caller, status);
        send(channel, caller);
      }
    } catch (IOException lost) {
      others++;
      key.cancel();
      reconnect(selector, channel);
    }
  }

  private void reconnect(Selector selector, SocketChannel lost) {
    try {
      lost.close();
      connect(selector);
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

  private void send(SocketChannel channel, Caller caller) throws IOException {
    requests.next(caller.out);
    caller.in.clear();
    caller.sentNanos = System.nanoTime();
    // A request is smaller than any socket's buffer, and the last one was answered.
    while (caller.out.hasRemaining()) {
      channel.write(caller.out);
    }
  }
}
