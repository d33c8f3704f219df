/// Lets people log in at the console with an account that they have elsewhere, at a provider of
/// OpenID Connect that the operator has named for their tenant
/// ([io.holdfast.server.oidc.OidcResource]). What a browser brings back is held to what it was sent
/// away with ([io.holdfast.server.oidc.PendingLogin]), what the provider says to its keys and to
/// this one login ([io.holdfast.server.oidc.IdTokens]). Who that is here, and whether they are let
/// in, is the business of accounts. Without a provider the routes are closed.
@NullMarked
package io.holdfast.server.oidc;

import org.jspecify.annotations.NullMarked;
