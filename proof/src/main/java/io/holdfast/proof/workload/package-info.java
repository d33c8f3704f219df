/// Who buys what, drawn from a seed before anybody starts.
@NullMarked
package io.holdfast.proof.workload;

import org.jspecify.annotations.NullMarked;
