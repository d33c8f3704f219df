package io.holdfast.server.identity;

/// A credential whose holder is remembered for a while.
sealed interface LastingCredential extends Credential permits ApiKey, AccessToken {}
