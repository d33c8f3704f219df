/// What was measured, and what follows from it in numbers.
@NullMarked
package io.holdfast.proof.bench.result;

import org.jspecify.annotations.NullMarked;
