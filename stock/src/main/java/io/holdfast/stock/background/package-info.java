/// What works in the background, a little at a time, has in common.
@NullMarked
package io.holdfast.stock.background;

import org.jspecify.annotations.NullMarked;
