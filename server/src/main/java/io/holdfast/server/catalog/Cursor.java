package io.holdfast.server.catalog;

import io.holdfast.server.json.InvalidMember;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where a page of items ended: the last sku on it, in a form that invites nobody to guess.
final class Cursor {
  static final String START = "";

  private Cursor() {}

  static String after(String sku) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(sku.getBytes(StandardCharsets.UTF_8));
  }

  static String sku(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      String sku = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (sku.indexOf('\0') < 0) {
        return sku;
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      // Said below.
    }
    throw new InvalidMember("after", "is not a cursor that was given out here");
  }
}
