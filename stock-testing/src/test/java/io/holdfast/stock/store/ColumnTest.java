package io.holdfast.stock.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColumnTest {

  private static Column<String> of(@Nullable String... values) {
    List<Integer> rows = IntStream.range(0, values.length).boxed().toList();
    return Column.ofTexts(rows, row -> values[row]);
  }

  @Test
  void sendsOnceWhatAllHave() {
    Column<String> column = of("tea", new String("tea"), "tea");
    assertTrue(column.isCommon());
    assertEquals("tea", column.common());
    assertEquals(0, column.each().length);
  }

  @Test
  void sendsEachWhereOneDiffers() {
    Column<String> column = of("tea", "tea", "jam");
    assertFalse(column.isCommon());
    assertEquals(Missing.TEXT, column.common());
    assertArrayEquals(new String[] {"tea", "tea", "jam"}, column.each());
  }

  @Test
  void putsNoValueInPlaceOfNull() {
    Column<String> last = of("tea", null);
    assertEquals(Missing.TEXT, last.common());
    assertArrayEquals(new String[] {"tea", null}, last.each());
    Column<String> first = of(null, "tea");
    assertEquals(Missing.TEXT, first.common());
    assertArrayEquals(new String[] {null, "tea"}, first.each());
  }

  @Test
  void sendsATypedNullWhereAllHaveNone() {
    assertEquals(Missing.TEXT, of(null, null).common());
    assertTrue(of(null, null).isCommon());
    Column<Long> numbers = Column.ofNumbers(List.of(1, 2), _ -> null);
    assertEquals(Missing.NUMBER, numbers.common());
  }
}
