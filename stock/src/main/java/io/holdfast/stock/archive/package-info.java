/// Moves what is old out of the way.
@NullMarked
package io.holdfast.stock.archive;

import org.jspecify.annotations.NullMarked;
