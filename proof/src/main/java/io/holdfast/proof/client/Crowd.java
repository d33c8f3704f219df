package io.holdfast.proof.client;

import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.http.Connection;
import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.shop.Intent;
import io.holdfast.proof.shop.Shop;
import io.holdfast.proof.workload.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// The buyers of one client process: all connected first, then all released at one moment.
final class Crowd {

  /// Distance between the process numbers of two client processes.
  static final int PROCESS_STRIDE = 10_000;

  private final ClientJob job;
  private final Recorder recorder;
  private final BooleanSupplier isEnough;
  private final List<Endpoint> targets;
  private final Shop shop;

  /// @param isEnough once nobody is to begin anything new
  Crowd(ClientJob job, Recorder recorder, BooleanSupplier isEnough) {
    this.job = job;
    this.recorder = recorder;
    this.isEnough = isEnough;
    this.targets = job.targets().stream().map(Endpoint::of).toList();
    this.shop = Shop.of(job.kind(), job.credential());
  }

  /// @param startNanos called once when everybody is connected; answers the moment of the start
  void run(LongSupplier startNanos) throws Exception {
    CountDownLatch connected = new CountDownLatch(job.scripts().size());
    CountDownLatch start = new CountDownLatch(1);
    long[] moment = new long[1];
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> buyers = new ArrayList<>();
      for (int i = 0; i < job.scripts().size(); i++) {
        int buyer = i;
        buyers.add(
            threads.submit(
                () -> {
                  try (Link link = new Link(targets, buyer + job.process(), job.attemptMillis())) {
                    comeIn(link);
                    connected.countDown();
                    start.await();
                    Ticker.pauseUntil(moment[0]);
                    play(buyer, job.scripts().get(buyer), link);
                    return null;
                  }
                }));
      }
      connected.await();
      moment[0] = startNanos.getAsLong();
      start.countDown();
      for (Future<?> buyer : buyers) {
        buyer.get();
      }
    }
  }

  /// Connects, and looks around once: who has never spoken is slow to start.
  private void comeIn(Link link) {
    Optional<Connection> connection = link.open(Ticker.nanos() + job.patienceMillis() * 1_000_000L);
    try {
      if (connection.isPresent()) {
        connection
            .get()
            .exchange(shop.request(new Intent("first-look", new Wish.Read(job.skus().getFirst()))));
      }
    } catch (IOException lost) {
      link.fail();
    }
  }

  private void play(int buyer, Script script, Link link) {
    int process = job.process() * PROCESS_STRIDE + buyer;
    Errand errand = new Errand(process, shop, link, recorder, new Random(process));
    new Buyer(process, job, script, errand).play(isEnough);
  }
}
