package io.holdfast.stock.store;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// One column of the rows that a statement writes. What is the same in all of them is sent once and
/// not in an array: to take an array apart costs the database some tenths of a microsecond for each
/// element, and the rows of a batch differ in a few columns only.
///
/// A statement has `coalesce(n.column, ?)` and the array `n.column` is from. One of the two is
/// empty: the value if the rows differ, else the array, which then gives null for each row.
///
/// @param <T> the type of the values
final class Column<T> {
  private final @Nullable T common;
  private final @Nullable T[] each;
  private final Missing missing;

  private Column(@Nullable T common, @Nullable T[] each, Missing missing) {
    this.common = common;
    this.each = each;
    this.missing = missing;
  }

  /// @param rows at least one
  static <R> Column<String> ofTexts(List<R> rows, Function<R, @Nullable String> text) {
    return of(rows, text, String[]::new, Missing.TEXT);
  }

  /// @param rows at least one
  static <R> Column<Long> ofNumbers(List<R> rows, Function<R, @Nullable Long> number) {
    return of(rows, number, Long[]::new, Missing.NUMBER);
  }

  private static <R, T> Column<T> of(
      List<R> rows,
      Function<R, @Nullable T> value,
      IntFunction<@Nullable T[]> array,
      Missing missing) {
    @Nullable T[] each = array.apply(rows.size());
    boolean isCommon = true;
    for (int i = 0; i < each.length; i++) {
      each[i] = value.apply(rows.get(i));
      isCommon &= Objects.equals(each[i], each[0]);
    }
    return isCommon
        ? new Column<>(each[0], array.apply(0), missing)
        : new Column<>(null, each, missing);
  }

  /// Whether all rows have the same.
  boolean isCommon() {
    return each.length == 0;
  }

  /// What all rows have, as a statement's value; null if they differ, or if all have null.
  Object common() {
    return missing.or(common);
  }

  /// What each row has; empty unless they differ.
  @Nullable T[] each() {
    return each;
  }
}
