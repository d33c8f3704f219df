/// Who asks. A request carries a key ([io.holdfast.server.identity.ApiKey]), the key speaks for a
/// tenant ([io.holdfast.server.identity.Caller]), and without one nothing is answered but what some
/// module declares open ([io.holdfast.server.identity.OpenRoutes]). What a caller may do follows
/// from its role ([io.holdfast.server.identity.Rights]).
@NullMarked
package io.holdfast.server.identity;

import org.jspecify.annotations.NullMarked;
