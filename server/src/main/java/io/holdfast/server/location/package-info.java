/// Where stock lies: the locations of a tenant, in the order in which stock is taken from them.
@NullMarked
package io.holdfast.server.location;

import org.jspecify.annotations.NullMarked;
