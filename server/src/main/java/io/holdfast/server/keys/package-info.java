/// A tenant's API keys: made, listed, rotated and revoked ([io.holdfast.server.keys.KeysResource]).
/// Whose a key is that comes with a request, [io.holdfast.server.identity] knows.
@NullMarked
package io.holdfast.server.keys;

import org.jspecify.annotations.NullMarked;
