package io.holdfast.server.start;

import io.holdfast.server.limit.LimitSettings;
import io.holdfast.server.limit.Rate;
import io.holdfast.server.limit.TenantShare;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `serve` about limits.
final class LimitFlags {
  private static final String KEY = "--limit-per-key";
  private static final String USER = "--limit-per-user";
  private static final String ADDRESS = "--limit-per-address";
  private static final String TENANT = "--max-requests-per-tenant";
  private static final String USUAL_PER_ADDRESS = "2000:20000";

  @Option(
      names = KEY,
      defaultValue = "${env:HOLDFAST_LIMIT_PER_KEY:-off}",
      paramLabel = "RATE",
      description = {
        "requests a second of one API key over all nodes: RATE, RATE:BURST or off; without a BURST",
        "it is twice the rate; HOLDFAST_LIMIT_PER_KEY says the same (default: off)"
      })
  private String perKey = "off";

  @Option(
      names = USER,
      defaultValue = "${env:HOLDFAST_LIMIT_PER_USER:-500:5000}",
      paramLabel = "RATE",
      description = {
        "the same of one user; HOLDFAST_LIMIT_PER_USER says the same (default: 500:5000)"
      })
  private String perUser = "500:5000";

  @Option(
      names = ADDRESS,
      defaultValue = "${env:HOLDFAST_LIMIT_PER_ADDRESS}",
      paramLabel = "RATE",
      description = {
        "the same of one address, an IPv6 one by its /64; HOLDFAST_LIMIT_PER_ADDRESS says the same",
        "(default: " + USUAL_PER_ADDRESS + " for addresses of other machines, off for this one)"
      })
  private @Nullable String perAddress;

  @Option(
      names = TENANT,
      defaultValue = "${env:HOLDFAST_MAX_REQUESTS_PER_TENANT}",
      paramLabel = "N",
      description = {
        "requests of one tenant that this node works on at once: N, ALONE:BESIDE or off, ALONE",
        "while no other tenant asks; HOLDFAST_MAX_REQUESTS_PER_TENANT says the same (default: 512",
        "alone, and 32 for each core beside others)"
      })
  private @Nullable String perTenant;

  LimitSettings parsed(Problems problems) {
    TenantShare usual = TenantShare.usual(Runtime.getRuntime().availableProcessors());
    String address = perAddress == null ? USUAL_PER_ADDRESS : perAddress;
    String tenant = perTenant;
    return new LimitSettings(
        parsed(problems, () -> Rate.parse(KEY, perKey)),
        parsed(problems, () -> Rate.parse(USER, perUser)),
        parsed(problems, () -> Rate.parse(ADDRESS, address)),
        perAddress != null,
        tenant == null
            ? Optional.of(usual)
            : parsed(problems, () -> TenantShare.parse(TENANT, tenant)));
  }

  private static <T> Optional<T> parsed(Problems problems, Supplier<Optional<T>> parser) {
    return problems.unlessParsed(parser).flatMap(Function.identity());
  }
}
