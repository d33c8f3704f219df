package io.holdfast.server.identity;

/// What somebody shows to be let in. Never logged, and stored as its digest only.
sealed interface Credential permits LastingCredential, SessionCookie {
  String text();

  /// By which one is told from another without keeping it.
  default byte[] hash() {
    return Sha256.of(text());
  }
}
