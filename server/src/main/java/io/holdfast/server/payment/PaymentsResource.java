package io.holdfast.server.payment;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.order.OrderPayments;
import io.holdfast.server.order.OrderPayments.Bill;
import io.holdfast.server.payment.PaymentBodies.ListTold;
import io.holdfast.server.payment.PaymentBodies.NewPaymentByMethod;
import io.holdfast.server.payment.PaymentBodies.Told;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.stock.Reach;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Trail;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/// The routes of an order's payments at a provider.
@Path("/v1/orders/{id}/payments")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "payments", description = "Orders that are paid at a provider, never without stock")
public final class PaymentsResource {
  private final TenantScope tenants;
  private final Cashier cashier;
  private final Trail trail;

  PaymentsResource(TenantScope tenants, Cashier cashier, Trail trail) {
    this.tenants = tenants;
    this.cashier = cashier;
    this.trail = trail;
  }

  @POST
  @Operation(
      operationId = "payForOrder",
      summary = "Charges a means of payment, if the order's stock is the buyer's then",
      description =
          """
          The money is set aside, the stock is made the buyer's, and only then is the money taken.
          While one payment is under way there is no other, so a request whose answer was lost can
          be sent again: it is refused, and the list of payments says what became of the first.
          """,
      extensions = {
        @Extension(name = "x-without-key", value = "true"),
        @Extension(
            name = "x-problem-codes",
            value =
                "unknown_order illegal_order_step payment_under_way no_payment_provider"
                    + " nothing_to_pay")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NewPaymentByMethod.class)))
  @APIResponseSchema(value = Told.class, responseCode = "201")
  public Response pay(
      @PathParam("id") String id,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    // What it answers may have a client secret, which is kept with no answer.
    RequestKey.refuse(headers);
    String method = NewPaymentByMethod.read(JsonBody.of(body, headers));
    Reach reach = Reach.of(security, "payForOrder");
    var payment = new StoredPayment.Id(reach.caller().tenant(), UUID.randomUUID());
    UUID lease = UUID.randomUUID();
    tenants.inTransaction(
        payment.tenant(),
        handle ->
            begun(
                handle,
                reach,
                OrderPayments.seen(handle.getConnection(), reach, id),
                new Begun(payment, lease, method)));
    cashier.settleNew(payment, lease);
    Told told = tenants.inTransaction(payment.tenant(), handle -> told(handle, payment, reach));
    return JsonResponses.of(201, told).header("Cache-Control", "no-store").build();
  }

  private record Begun(StoredPayment.Id id, UUID lease, String method) {}

  private boolean begun(Handle handle, Reach reach, Bill bill, Begun begun) {
    Caller caller = reach.caller();
    PaymentSettings settings = PaymentSettings.read(handle, caller.tenant());
    if (settings.provider() == PaymentSettings.Provider.MANUAL) {
      throw new ProblemException(
          ProblemCode.NO_PAYMENT_PROVIDER, "somebody of the shop says that orders are paid");
    }
    if (!Turn.mayBePaid(bill, settings)) {
      throw bill.illegal();
    }
    if (bill.total() == 0) {
      throw new ProblemException(ProblemCode.NOTHING_TO_PAY, "the order's total is 0");
    }
    var wanted =
        new Payments.NewPayment(
            bill.order(), begun.method(), bill.total(), bill.currency(), caller.actor().name());
    if (!Payments.add(handle, begun.id(), wanted, begun.lease())) {
      throw new ProblemException(
          ProblemCode.PAYMENT_UNDER_WAY,
          "what became of it is told by /v1/orders/" + bill.order() + "/payments");
    }
    State after =
        State.of("order", bill.order().toString())
            .and("state", PaymentState.BEGUN.code())
            .and("amount", bill.total())
            .and("currency", bill.currency());
    trail.add(
        handle,
        caller.tenant(),
        caller.actor(),
        new Change(Settler.subject(begun.id()), null, after));
    return true;
  }

  private static Told told(Handle handle, StoredPayment.Id id, Reach reach) {
    return told(handle, Payments.find(handle, id).orElseThrow(), reach);
  }

  private static Told told(Handle handle, StoredPayment payment, Reach reach) {
    return Told.of(payment, Refunds.of(handle, payment.id()), reach.caller().actor());
  }

  @GET
  @Operation(
      operationId = "listPayments",
      summary = "What was paid of an order at the provider, or tried to be, the oldest first",
      extensions = @Extension(name = "x-problem-codes", value = "unknown_order"))
  @APIResponseSchema(value = ListTold.class, responseCode = "200")
  public Response list(@PathParam("id") String id, @Context SecurityContext security)
      throws SQLException {
    Reach reach = Reach.of(security, "listPayments");
    ListTold told =
        tenants.inTransaction(
            reach.caller().tenant(),
            handle -> {
              Bill bill = OrderPayments.seen(handle.getConnection(), reach, id);
              List<Told> payments =
                  Payments.ofOrder(handle, reach.caller().tenant(), bill.order()).stream()
                      .map(payment -> told(handle, payment, reach))
                      .toList();
              return new ListTold(payments);
            });
    return JsonResponses.of(200, told).header("Cache-Control", "no-store").build();
  }
}
