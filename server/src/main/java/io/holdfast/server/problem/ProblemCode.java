package io.holdfast.server.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The stable name of what went wrong. Programs compare this, people read the title.
public enum ProblemCode {
  INVALID_REQUEST(400, "The request is not valid"),
  USERNAME_TAKEN(400, "Username already registered"),
  PASSWORD_REFUSED(400, "The password is too easy to guess"),
  WRONG_PASSWORD(400, "The password is wrong"),
  TOKEN_REFUSED(400, "The token is not good any more"),
  EVENT_REFUSED(400, "The event is not the provider's"),
  LOGIN_REFUSED(400, "The login can't be gone on with"),
  UNAUTHORIZED(401, "A valid credential is needed"),
  SIGNATURE_REFUSED(401, "The request's signature is not accepted"),
  REQUEST_REPLAYED(401, "The request was let in before"),
  WRONG_CREDENTIALS(401, "Name or password is wrong"),
  FORBIDDEN(403, "The role may not do this"),
  ACCOUNT_NEEDED(403, "Only a person has an account"),
  PERSON_REFUSED(403, "You are not let in"),
  TENANT_SUSPENDED(403, "The tenant is suspended"),
  FOREIGN_BROWSER_REQUEST(403, "A page of another site may not ask this"),
  NOT_FOUND(404, "There is nothing at this address"),
  UNKNOWN_TENANT(404, "There is no such tenant"),
  UNKNOWN_SESSION(404, "There is no such session"),
  UNKNOWN_USER(404, "There is no such user"),
  UNKNOWN_ROLE(404, "There is no such role"),
  UNKNOWN_KEY(404, "There is no such key"),
  UNKNOWN_WEBHOOK(404, "There is no such webhook"),
  UNKNOWN_ITEM(404, "There is no such item"),
  NO_PURCHASE_LIMIT(404, "The item has no limit per customer"),
  UNKNOWN_LOCATION(404, "There is no such location"),
  UNKNOWN_RESERVATION(404, "There is no such reservation"),
  UNKNOWN_ORDER(404, "There is no such order"),
  UNKNOWN_IMPORT(404, "There is no such import"),
  UNKNOWN_FINDING(404, "There is no such finding"),
  METHOD_NOT_ALLOWED(405, "This address does not know that method"),
  NOT_ACCEPTABLE(406, "No answer in a form that was asked for"),
  ITEM_EXISTS(409, "The sku is taken"),
  LOCATION_EXISTS(409, "The location's name is taken"),
  ROLE_EXISTS(409, "The role's name is taken"),
  BUILT_IN_ROLE(409, "The role is every tenant's"),
  ROLE_IN_USE(409, "Somebody has the role"),
  TOO_MANY_ROLES(409, "The tenant has as many roles as it can have"),
  LAST_OWNER(409, "The tenant would be without an owner"),
  TOO_MANY_KEYS(409, "The tenant has as many keys as it can have"),
  TOO_MANY_WEBHOOKS(409, "The tenant has as many webhooks as it can have"),
  TOO_MANY_LOCATIONS(409, "The tenant has as many locations as it can have"),
  ITEM_NOT_TRACKED(409, "The item has no stock to change"),
  NO_STOCK_RECORD(409, "Nothing of the item was ever received there"),
  LEVEL_QUARANTINED(409, "The stock was found to be wrong and has to be counted"),
  INSUFFICIENT_STOCK(409, "Not enough is available"),
  LIMIT_EXCEEDED(409, "One customer may not have that much"),
  TOO_MANY_RESERVATIONS(409, "Too many reservations are held for the customer"),
  BALANCE_OUT_OF_RANGE(409, "The stock can't count that far"),
  RESERVATION_NOT_HELD(409, "The reservation has ended already"),
  RESERVATION_NOT_COMMITTED(409, "Nothing of the reservation was committed"),
  MORE_THAN_RESERVED(409, "The reservation does not have that much"),
  RESERVATION_NOT_DUE(409, "The reservation's time is not up"),
  ITEM_ARCHIVED(409, "The item is not sold any more"),
  ITEM_WITHOUT_PRICE(409, "The item has no price"),
  SEVERAL_CURRENCIES(409, "The items' prices are in several currencies"),
  PRICE_CHANGED(409, "The price is another one now"),
  TOTAL_OUT_OF_RANGE(409, "The order is worth more than can be counted"),
  ILLEGAL_ORDER_STEP(409, "The order is not in a state for that"),
  ORDER_ARCHIVED(409, "The order's stock is in the archive"),
  MORE_THAN_ORDERED(409, "The order does not have that much"),
  PAYMENT_UNDER_WAY(409, "The order is being paid already"),
  NO_PAYMENT_PROVIDER(409, "The tenant has no provider of payments"),
  NOTHING_TO_PAY(409, "The order costs nothing"),
  RESERVATION_OF_ORDER(409, "The reservation is an order's"),
  TOO_MANY_IMPORTS(409, "The tenant has as many imports under way as it can have"),
  IMPORT_ENDED(409, "The import has ended already"),
  REFUSED_BY_PARTICIPANT(409, "A rule beyond the stock said no"),
  RESERVATION_EXPIRED(410, "The reservation's time was up"),
  EVENTS_GONE(410, "The events at that position are not kept any more"),
  VERSION_CONFLICT(412, "It has changed since it was seen"),
  TOO_LARGE(413, "The body is too large"),
  ADDRESS_TOO_LONG(414, "The address is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json, not encoded"),
  UNREADABLE_FILE(422, "The file can't be read"),
  KEY_REUSED(422, "The idempotency key belongs to another request"),
  TOO_MANY_ATTEMPTS(429, "Too many attempts to log in"),
  RATE_LIMITED(429, "This was asked too often"),
  TOO_MANY_AT_ONCE(429, "Too many requests of the tenant at once"),
  TOO_MANY_STREAMS(429, "The tenant has as many streams as it can have"),
  TOO_MANY_EXPORTS(429, "As many exports are under way as can be"),
  HEADERS_TOO_LARGE(431, "The headers are too many or too large"),
  INTERNAL_ERROR(500, "Something is wrong on this side"),
  PROVIDER_UNUSABLE(502, "The login's provider can't be used"),
  BUSY(503, "Too much at once"),
  DATABASE_UNAVAILABLE(503, "The database can't be reached"),
  PROVIDER_UNREACHABLE(503, "The login's provider can't be reached"),
  OUTCOME_UNKNOWN(504, "It is not known yet whether this took effect");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What the framework answers with a status alone.
  static ProblemCode ofStatus(int status) {
    return switch (status) {
      case 400 -> INVALID_REQUEST;
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 412 -> VERSION_CONFLICT;
      case 413 -> TOO_LARGE;
      case 414 -> ADDRESS_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 431 -> HEADERS_TOO_LARGE;
      case 503 -> BUSY;
      default -> status >= 400 && status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
    };
  }

  public static ProblemCode ofCode(String code) {
    return find(code).orElseThrow();
  }

  static Optional<ProblemCode> find(String code) {
    return Arrays.stream(values()).filter(c -> c.code().equals(code)).findFirst();
  }
}
