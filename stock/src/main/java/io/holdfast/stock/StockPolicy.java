package io.holdfast.stock;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a tenant has chosen where shops differ.
///
/// @param expiredCommit what becomes of a commit that comes after the reservation's time
/// @param heldReservationsMax how many reservations may be held for one customer at a time; null:
///   any number. It counts those that are made from the moment on at which it was set
public record StockPolicy(ExpiredCommit expiredCommit, @Nullable Long heldReservationsMax) {
  /// What holds for a tenant that has chosen nothing.
  public static final StockPolicy USUAL = new StockPolicy(ExpiredCommit.REFUSE);

  public StockPolicy {
    Objects.requireNonNull(expiredCommit, "expiredCommit");
    if (heldReservationsMax != null && heldReservationsMax < 1) {
      throw new IllegalArgumentException(
          "heldReservationsMax must be at least 1, not " + heldReservationsMax);
    }
  }

  public StockPolicy(ExpiredCommit expiredCommit) {
    this(expiredCommit, null);
  }

  /// A commit that comes too late.
  public enum ExpiredCommit {
    /// Is refused.
    REFUSE("refuse"),
    /// Takes the same stock once more if it is still there, in one step.
    RESERVE_AGAIN("reserve_again");

    private final String code;

    ExpiredCommit(String code) {
      this.code = code;
    }

    /// As it stands in the row and in JSON.
    public String code() {
      return code;
    }

    /// Empty when there is no such code.
    public static Optional<ExpiredCommit> ofCode(String code) {
      Objects.requireNonNull(code, "code");
      return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
    }
  }
}
