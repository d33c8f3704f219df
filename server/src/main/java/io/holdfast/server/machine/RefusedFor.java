package io.holdfast.server.machine;

import java.util.Locale;

/// Why a signed request was not let in, for whoever runs the node. Whoever asks is told less.
enum RefusedFor {
  /// A header is missing, is there twice, or has not its form.
  FORM,
  /// Another way of saying who asks is there as well.
  SEVERAL_WAYS,
  /// It was signed too long ago, or in the future.
  TIME,
  KEY_ID,
  NETWORK,
  SIGNATURE,
  /// The body is not the one whose digest was signed.
  BODY,
  /// The nonce was used before.
  NONCE;

  /// As the metrics name it.
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
