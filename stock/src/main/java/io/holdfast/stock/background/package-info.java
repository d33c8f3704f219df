/// What works in the background, a little at a time, has in common:
/// [io.holdfast.stock.background.Rounds] go round the tenants.
@NullMarked
package io.holdfast.stock.background;

import org.jspecify.annotations.NullMarked;
