/// One effect per idempotency key, for whatever the engine does not decide
/// ([io.holdfast.server.once.OncePerKey]).
@NullMarked
package io.holdfast.server.once;

import org.jspecify.annotations.NullMarked;
