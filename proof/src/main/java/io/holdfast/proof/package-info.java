/// The prover and the bench: they know a shop by HTTP, and its database only to check it.
@NullMarked
package io.holdfast.proof;

import org.jspecify.annotations.NullMarked;
