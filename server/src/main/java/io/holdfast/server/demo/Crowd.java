package io.holdfast.server.demo;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.Customer;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Lets buyers loose: each on a thread of its own, all at the same moment, through the engine that
/// everybody else uses. One crowd at a time.
@Singleton
final class Crowd {
  private final TicketOffice office;
  private final AtomicReference<@Nullable BuyerRun> latest = new AtomicReference<>();

  Crowd(TicketOffice office) {
    this.office = office;
  }

  BuyerRun.Progress letLoose(int buyers) {
    BuyerRun before = latest.get();
    BuyerRun run = new BuyerRun(buyers, System::nanoTime);
    if ((before != null && !before.isOver()) || !latest.compareAndSet(before, run)) {
      throw new ProblemException(ProblemCode.BUSY, "another crowd is at it");
    }
    CountDownLatch gate = new CountDownLatch(1);
    for (int i = 1; i <= buyers; i++) {
      Customer customer = new Customer("buyer " + i);
      Thread.ofVirtual().start(() -> buy(run, customer, gate));
    }
    gate.countDown();
    return run.progress();
  }

  Optional<BuyerRun.Progress> progress() {
    return Optional.ofNullable(latest.get()).map(BuyerRun::progress);
  }

  private void buy(BuyerRun run, Customer customer, CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    office.buy(customer, null).whenComplete((answer, _) -> run.answered(answer));
  }
}
