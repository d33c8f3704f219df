package io.holdfast.proof.shop;

import io.holdfast.proof.http.Request;
import io.holdfast.proof.http.Response;
import java.io.IOException;
import java.util.List;

/// How one kind of shop is asked, and what its answers mean. Without state.
public sealed interface Shop permits V1Shop, PlainShop {

  Request request(Intent intent);

  Request request(Bundle bundle);

  /// The answers to a bundle one by one, as if each wish had been asked alone.
  ///
  /// @throws IOException if it is no answer of this kind of shop
  List<Response> parted(Bundle bundle, Response response) throws IOException;

  /// @throws IOException if it is no answer of this kind of shop
  Reply reply(Intent intent, Response response) throws IOException;

  static Shop of(Interface kind, String key) {
    return switch (kind) {
      case V1 -> new V1Shop(key);
      case PLAIN -> new PlainShop(key);
    };
  }
}
