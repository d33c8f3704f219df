package io.holdfast.server.stock;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.problem.ProblemResponses;
import io.holdfast.server.stock.CommandBatch.CommandOutcomes;
import io.holdfast.server.stock.CommandBatch.Keyed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The route of many commands at once. A large body is read and written on a thread of its own, one
/// for all of its commands.
@Path("/v1/stock/commands")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stock", description = "What there is, and bringing it in")
public final class CommandsResource {
  /// Of the whole, when it is atomic.
  private static final String REFUSED =
      "key_reused unknown_item item_not_tracked unknown_location no_stock_record"
          + " unknown_reservation reservation_not_held reservation_not_committed"
          + " reservation_expired version_conflict more_than_reserved limit_exceeded"
          + " too_many_reservations insufficient_stock balance_out_of_range"
          + " refused_by_participant";

  private static final String DESCRIPTION =
      """
      Each command is the body of its own route, with `command` and with what stands in that route's
      address, and each has its own outcome: status and body as its own route would answer. They
      are submitted together, and none of them waits for another: one that needs what another
      brings belongs into a later request. A command may have an `idempotency_key`; one that has
      none goes under the `Idempotency-Key` of the request, a slash and its index from 0.

      With `atomic` they are done one after the other in one step, each on what the ones before
      have left; all or none. They have at most 4,000 lines in all, and one key: the
      `Idempotency-Key` of the request. If one is refused, the answer is its refusal, and `errors`
      names its place, like `commands[3].lines[0].quantity`.

      Each command needs the right to its own route. If the key's role lacks one of them, the answer
      is 403, `errors` names the command, and nothing of the batch is done.""";

  private final EngineCalls engine;

  CommandsResource(EngineCalls engine) {
    this.engine = engine;
  }

  @POST
  @RunOnVirtualThread
  @Operation(
      operationId = "submitCommands",
      summary = "Up to 1,000 commands of any kind: each for itself, or all or none",
      description = DESCRIPTION,
      extensions = @Extension(name = "x-problem-codes", value = REFUSED))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = CommandBatch.NewCommands.class)))
  @APIResponseSchema(value = CommandOutcomes.class, responseCode = "200")
  public Response submit(
      byte[] body, @Context HttpHeaders headers, @Context SecurityContext security) {
    return switch (CommandBatch.NewCommands.read(
        JsonBody.of(body, headers), RequestKey.of(headers), Caller.of(security))) {
      case CommandBatch.Separate(List<Keyed> commands) -> response(engine.askAll(commands));
      case CommandBatch.Atomic(Keyed whole) -> engine.askAll(List.of(whole)).getFirst().response();
    };
  }

  /// It is a repeat when nothing took effect that had not before. Some of it may have to come again
  /// though the answer is no 503.
  private static Response response(List<Told> told) {
    List<Told> effects = told.stream().filter(Told::isEffect).toList();
    boolean replayed = !effects.isEmpty() && effects.stream().allMatch(Told::replayed);
    Response.ResponseBuilder response = JsonResponses.of(200, CommandOutcomes.of(told), replayed);
    boolean isBusy = told.stream().anyMatch(each -> each.status() == 503);
    return isBusy
        ? response.header("Retry-After", ProblemResponses.RETRY_AFTER_SECONDS).build()
        : response.build();
  }
}
