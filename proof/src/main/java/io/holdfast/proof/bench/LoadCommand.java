package io.holdfast.proof.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import io.holdfast.proof.shop.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/// One load process: reads its job, says `measuring` when it is warm, and prints its result.
@Command(name = "load", hidden = true, description = "A load process of the bench.")
public final class LoadCommand implements Callable<Integer> {

  static final String MEASURING = "measuring";

  @Override
  public Integer call() throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    LoadJob job = JsonMapper.builder().build().readValue(in.readLine(), LoadJob.class);
    long from = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(job.warmUpMillis());
    long until = from + TimeUnit.MILLISECONDS.toNanos(job.measuredMillis());
    long[] cpuNanos = new long[1];
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      var _ =
          clock.schedule(
              () -> {
                cpuNanos[0] = cpuNanos();
                System.out.println(MEASURING);
                System.out.flush();
              },
              job.warmUpMillis(),
              TimeUnit.MILLISECONDS);
      LoadRequests requests = new LoadRequests(job, new SplittableRandom());
      LoadLoop loop = new LoadLoop(requests, job.pauseNanos(), from, until);
      loop.run(job.connections());
      System.out.println(Json.write(result(job, loop, cpuNanos() - cpuNanos[0])));
    }
    return 0;
  }

  private static LoadResult result(LoadJob job, LoadLoop loop, long cpuNanos) {
    double seconds = job.measuredMillis() / 1e3;
    return new LoadResult(
        loop.latencies().getTotalCount() / seconds,
        loop.latencies().getValueAtPercentile(50) / 1e6,
        loop.latencies().getValueAtPercentile(99) / 1e6,
        loop.others(),
        cpuNanos / 1e9 / seconds * 100);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
