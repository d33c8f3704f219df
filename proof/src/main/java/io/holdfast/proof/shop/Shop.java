package io.holdfast.proof.shop;

import io.holdfast.proof.http.Request;
import io.holdfast.proof.http.Response;
import java.io.IOException;

/// How one kind of shop is asked, and what its answers mean. Without state.
public sealed interface Shop permits V1Shop, PlainShop {

  Request request(Intent intent);

  /// @throws IOException if it is no answer of this kind of shop
  Reply reply(Intent intent, Response response) throws IOException;

  static Shop of(Interface kind, String key) {
    return switch (kind) {
      case V1 -> new V1Shop(key);
      case PLAIN -> new PlainShop(key);
    };
  }
}
