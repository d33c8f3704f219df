/// From a recorded history and what is left behind to a verdict per invariant.
@NullMarked
package io.holdfast.proof.checker;

import org.jspecify.annotations.NullMarked;
