/// One run from the start of the nodes to the verdict.
@NullMarked
package io.holdfast.proof.prove;

import org.jspecify.annotations.NullMarked;
