/// The engine as others embed it: what they see of it, what it says of itself, and that it can be
/// taken up as its README says.
@NullMarked
package io.holdfast.stock.testing.library;

import org.jspecify.annotations.NullMarked;
