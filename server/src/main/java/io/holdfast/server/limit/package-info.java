/// How much anybody may ask of a node. There are two kinds of limits: how many requests a key, a
/// user or an address may send in the long run ([io.holdfast.server.limit.RequestRates]), counted
/// over all nodes; and how many of a tenant's requests a node works on at the same time
/// ([io.holdfast.server.limit.TenantTurns]).
@NullMarked
package io.holdfast.server.limit;

import org.jspecify.annotations.NullMarked;
