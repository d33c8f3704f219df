/// Recomputes what the tables claim.
@NullMarked
package io.holdfast.stock.verify;

import org.jspecify.annotations.NullMarked;
