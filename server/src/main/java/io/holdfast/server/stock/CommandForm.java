package io.holdfast.server.stock;

import io.holdfast.server.json.JsonMembers;
import io.holdfast.server.json.NoMembers;
import io.holdfast.stock.Command;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A command as it stands in a batch: what its own route reads from the body, beside what stands in
/// the address there.
public enum CommandForm {
  RESERVE("reserve", Requests.NewReservation.class, Bodies.Held.class, Address.NONE),
  PURCHASE("purchase", Requests.NewPurchase.class, Bodies.Purchase.class, Address.NONE),
  CHANGE(
      "changeReservation", Requests.NewLines.class, Bodies.Changed.class, Address.SEEN_RESERVATION),
  COMMIT("commit", Requests.CommittedPart.class, Bodies.Committed.class, Address.RESERVATION),
  RELEASE("release", NoMembers.class, Bodies.Ended.class, Address.RESERVATION),
  EXTEND("extend", Requests.NewTime.class, Bodies.Extended.class, Address.RESERVATION),
  RETURN("giveBack", Requests.NewReturn.class, Bodies.Returned.class, Address.RESERVATION),
  RECEIVE("receive", LevelRequests.NewReceipt.class, LevelBodies.Receipt.class, Address.ITEM),
  ADJUST("adjust", LevelRequests.NewAdjustment.class, LevelBodies.Adjustment.class, Address.ITEM),
  COUNT("count", LevelRequests.NewCount.class, LevelBodies.Counted.class, Address.ITEM),
  TRANSFER("transfer", LevelRequests.NewTransfer.class, LevelBodies.Transfer.class, Address.ITEM),
  SET_SAFETY_STOCK(
      "setSafetyStock",
      LevelRequests.NewSafetyStock.class,
      LevelBodies.SafetyStock.class,
      Address.ITEM),
  CORRECT("correct", LevelRequests.NewCorrection.class, LevelBodies.Correction.class, Address.ITEM);

  /// What stands elsewhere than in the body of the command's own route: `id` of the reservation, or
  /// `sku` of the item; of a reservation that may have to be as it was seen also its `version`,
  /// which is in `If-Match` there.
  public enum Address {
    NONE,
    RESERVATION,
    SEEN_RESERVATION,
    ITEM
  }

  private final String operationId;
  private final Class<?> body;
  private final Class<?> answer;
  private final Address address;

  CommandForm(String operationId, Class<?> body, Class<?> answer, Address address) {
    this.operationId = operationId;
    this.body = body;
    this.answer = answer;
    this.address = address;
  }

  /// As it stands in the member `command`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Of its own route.
  public String operationId() {
    return operationId;
  }

  /// The name of the schema of what its own route reads.
  public String bodySchema() {
    return body.getAnnotation(Schema.class).name();
  }

  /// The name of the schema of what its own route answers.
  public String answerSchema() {
    return answer.getAnnotation(Schema.class).name();
  }

  public Address address() {
    return address;
  }

  static CommandForm ofCode(String code) {
    return Arrays.stream(values())
        .filter(form -> form.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be one of " + codes()));
  }

  private static String codes() {
    return Arrays.stream(values()).map(CommandForm::code).collect(Collectors.joining(", "));
  }

  Command read(JsonMembers members, Reach reach) {
    return switch (this) {
      case RESERVE -> Requests.NewReservation.read(members, reach);
      case PURCHASE -> Requests.NewPurchase.read(members, reach);
      case CHANGE -> {
        Long version = members.optionalWhole("version", 1, Long.MAX_VALUE);
        yield Requests.NewLines.read(id(members), version, members.without("id", "version"));
      }
      case COMMIT -> Requests.CommittedPart.read(id(members), members.without("id"));
      case RELEASE -> new Command.Release(id(members.only("id")));
      case EXTEND -> Requests.NewTime.read(id(members), members.without("id"));
      case RETURN -> Requests.NewReturn.read(id(members), members.without("id"));
      case RECEIVE -> LevelRequests.NewReceipt.read(sku(members), members.without("sku"));
      case ADJUST -> LevelRequests.NewAdjustment.read(sku(members), members.without("sku"));
      case COUNT -> LevelRequests.NewCount.read(sku(members), members.without("sku"));
      case TRANSFER -> LevelRequests.NewTransfer.read(sku(members), members.without("sku"));
      case SET_SAFETY_STOCK ->
          LevelRequests.NewSafetyStock.read(sku(members), members.without("sku"));
      case CORRECT -> LevelRequests.NewCorrection.read(sku(members), members.without("sku"));
    };
  }

  private static ReservationId id(JsonMembers members) {
    return members.text("id", ReservationPath::parsed);
  }

  private static Sku sku(JsonMembers members) {
    return members.text("sku", Sku::new);
  }
}
