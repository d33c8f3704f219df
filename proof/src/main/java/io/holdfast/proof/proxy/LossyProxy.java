package io.holdfast.proof.proxy;

import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.http.Message;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between buyers and a shop and loses the first answer to every key, or to some: the shop
/// has done its work, the buyer's connection ends without a word. Plain HTTP only.
public final class LossyProxy implements AutoCloseable {

  /// Keys that follow one another differ in the last bits of their hashes only.
  private static final int MIXER = 0x9E3779B9;

  private final Endpoint shop;
  private final int oneIn;
  private final Doorway door;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger lost = new AtomicInteger();

  private LossyProxy(Endpoint shop, int oneIn, Doorway door) {
    this.shop = shop;
    this.oneIn = oneIn;
    this.door = door;
  }

  /// @param oneIn to one key in how many
  public static LossyProxy before(Endpoint shop, int oneIn) throws IOException {
    if (shop.tls()) {
      throw new IllegalArgumentException("answers over TLS can't be lost one by one");
    }
    LossyProxy proxy = new LossyProxy(shop, oneIn, Doorway.open());
    proxy.door.letIn(proxy::serve);
    return proxy;
  }

  public String url() {
    return "http://127.0.0.1:" + door.port() + shop.base();
  }

  /// Answers lost so far.
  public int lost() {
    return lost.get();
  }

  @Override
  public void close() {
    door.close();
    open.forEach(Doorway::close);
  }

  private void serve(Socket buyer) {
    try (buyer;
        Socket upstream = new Socket()) {
      open.add(buyer);
      open.add(upstream);
      buyer.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      upstream.connect(new InetSocketAddress(shop.host(), shop.port()));
      InputStream questions = new BufferedInputStream(buyer.getInputStream());
      InputStream answers = new BufferedInputStream(upstream.getInputStream());
      while (true) {
        Message question = Message.read(questions);
        question.writeTo(upstream.getOutputStream());
        Message answer = Message.read(answers);
        if (isFirst(question)) {
          lost.incrementAndGet();
          return;
        }
        answer.writeTo(buyer.getOutputStream());
      }
    } catch (IOException over) {
      // One of the two has hung up; the other is closed with it.
    } finally {
      open.remove(buyer);
    }
  }

  private boolean isFirst(Message question) {
    String key = question.headers().get("idempotency-key");
    return key != null
        && Math.floorMod((MIXER * key.hashCode()) >> Short.SIZE, oneIn) == 0
        && seen.add(question.start() + " " + key);
  }
}
