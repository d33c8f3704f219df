/// Verdicts for people and for machines.
@NullMarked
package io.holdfast.proof.report;

import org.jspecify.annotations.NullMarked;
