package io.holdfast.server.machine;

import io.holdfast.server.identity.OpenPaths;
import io.holdfast.server.identity.Sha256;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.ProblemResponses;
import io.holdfast.server.request.SameContext;
import io.holdfast.server.request.WholeBody;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Lets a signed request in, wholly proven, or answers it. What costs more comes later: form, time
/// and signature need nothing but the headers, and the signature is about the digest that stands
/// there. So nobody unknown makes the node read a body, and only who has signed spends a nonce.
/// Nothing that acts on a request stands before this.
@Singleton
final class SignedRequests {
  // Before the check of credentials, which asks what was found here.
  private static final int PRIORITY = 150;

  private final Machines machines;
  private final Nonces nonces;
  private final SignatureMetrics metrics;
  private final OpenPaths open;

  SignedRequests(Machines machines, Nonces nonces, SignatureMetrics metrics, OpenPaths open) {
    this.machines = machines;
    this.nonces = nonces;
    this.metrics = metrics;
    this.open = open;
  }

  void install(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    if (!SignedRequest.isOneWith(context.request().headers()) || open.contain(context)) {
      context.next();
      return;
    }
    try {
      SignedRequest request = read(context.request());
      Machine signer = machines.signerOf(request, address());
      WholeBody.read(context, body -> admit(context, request, signer, body));
    } catch (SignatureRefused e) {
      refuse(context, e);
    }
  }

  private static SignedRequest read(HttpServerRequest request) {
    if (request.headers().contains("Authorization")) {
      throw SignatureRefused.of(RefusedFor.SEVERAL_WAYS);
    }
    return SignedRequest.of(request.method().name(), request.uri(), request.headers());
  }

  private static InetAddress address() {
    return RequestOrigin.ofRequest()
        .client()
        .orElseThrow(() -> SignatureRefused.of(RefusedFor.NETWORK));
  }

  private void admit(RoutingContext context, SignedRequest request, Machine signer, Buffer body) {
    if (!isDigest(request.digest(), body)) {
      refuse(context, SignatureRefused.of(RefusedFor.BODY));
      return;
    }
    Executor here = new SameContext();
    nonces
        .spend(signer, request.nonce())
        .thenAcceptAsync(spent -> letIn(context, request, spent), here)
        .whenCompleteAsync((_, thrown) -> end(context, thrown), here);
  }

  /// The database's clock has the last word about the time: it is the same for all nodes, and how
  /// long nonces are kept goes by it.
  private void letIn(RoutingContext context, SignedRequest request, Nonces.Spent spent) {
    Tolerance.require(request, spent.seenAt());
    metrics.letIn();
    MachineAuthentication.letIn(spent.caller(), context);
    context.next();
  }

  /// A nonce that could not be kept lets nothing in.
  private void end(RoutingContext context, @Nullable Throwable thrown) {
    switch (thrown) {
      case null -> {}
      case CompletionException e when e.getCause() instanceof SignatureRefused refused ->
          refuse(context, refused);
      default -> context.fail(thrown);
    }
  }

  private void refuse(RoutingContext context, SignatureRefused refused) {
    metrics.refused(refused.reason());
    ProblemResponses.send(refused.problem(), context.response());
  }

  private static boolean isDigest(String claimed, Buffer body) {
    return MessageDigest.isEqual(
        HexFormat.of().formatHex(Sha256.of(body.getBytes())).getBytes(StandardCharsets.US_ASCII),
        claimed.getBytes(StandardCharsets.US_ASCII));
  }
}
