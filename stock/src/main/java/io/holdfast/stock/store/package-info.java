/// Load and write: one class per table, each holding its SQL. A statement works on a whole batch by
/// arrays and names the tenant as a constant; whole statements share a round trip, none is glued
/// together from parts.
@NullMarked
package io.holdfast.stock.store;

import org.jspecify.annotations.NullMarked;
