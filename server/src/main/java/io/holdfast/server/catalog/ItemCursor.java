package io.holdfast.server.catalog;

import io.holdfast.server.json.InvalidMember;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;

/// Where a page of items ended: by what its last item was sorted, in a form that invites nobody to
/// guess.
///
/// @param keys as the statement compares them, the sku last
record ItemCursor(List<Object> keys) {
  // No name and no sku has one.
  private static final String SEPARATOR = "\n";

  /// After an item.
  ///
  /// @param score of its words; 0 where there are none
  static ItemCursor after(ItemQuery.Sort sort, StoredItem item, long score) {
    String sku = item.item().sku().value();
    Money price = item.item().details().price();
    String currency = price == null ? ItemSearch.NO_CURRENCY : price.currency();
    long amount = price == null ? 0 : price.amount();
    return new ItemCursor(
        switch (sort) {
          case RELEVANCE -> List.of(score, sku);
          case SKU -> List.of(sku);
          case NAME -> List.of(item.item().details().name().value(), sku);
          case PRICE -> List.of(currency, amount, sku);
          case PRICE_DESCENDING -> List.of(currency, -amount, sku);
          case NEWEST -> List.of(item.createdAt().atOffset(ZoneOffset.UTC), sku);
        });
  }

  String text(ItemQuery.Sort sort) {
    StringBuilder text = new StringBuilder(sort.code());
    keys.forEach(key -> text.append(SEPARATOR).append(key));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static ItemCursor parse(ItemQuery.Sort sort, String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      String decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String[] parts = decoded.split(SEPARATOR, -1);
      if (parts[0].equals(sort.code()) && decoded.indexOf('\0') < 0) {
        return new ItemCursor(keys(sort, List.of(parts)));
      }
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | DateTimeException
        | CharacterCodingException e) {
      // Said below.
    }
    throw new InvalidMember("after", "is not a cursor that was given out here for this sort");
  }

  private static List<Object> keys(ItemQuery.Sort sort, List<String> parts) {
    return switch (sort) {
      case RELEVANCE -> List.of(Long.parseLong(parts.get(1)), parts.get(2));
      case SKU -> List.of(parts.get(1));
      case NAME -> List.of(parts.get(1), parts.get(2));
      case PRICE, PRICE_DESCENDING ->
          List.of(parts.get(1), Long.parseLong(parts.get(2)), parts.get(3));
      case NEWEST -> List.of(OffsetDateTime.parse(parts.get(1)), parts.get(2));
    };
  }
}
