package io.holdfast.proof.shop;

/// The refusals that checks know by name.
public final class Codes {
  public static final String INVALID_REQUEST = "invalid_request";
  public static final String INSUFFICIENT_STOCK = "insufficient_stock";
  public static final String KEY_REUSED = "key_reused";
  public static final String LIMIT_EXCEEDED = "limit_exceeded";
  public static final String MORE_THAN_RESERVED = "more_than_reserved";
  public static final String RESERVATION_EXPIRED = "reservation_expired";
  public static final String RESERVATION_NOT_HELD = "reservation_not_held";
  public static final String VERSION_CONFLICT = "version_conflict";

  private Codes() {}
}
