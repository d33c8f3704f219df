/// The results as curves and as a page that says what they show.
@NullMarked
package io.holdfast.proof.bench.report;

import org.jspecify.annotations.NullMarked;
