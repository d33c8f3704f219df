/// How fast each concurrency control is, measured side by side in one run.
@NullMarked
package io.holdfast.proof.bench;

import org.jspecify.annotations.NullMarked;
