/// Orders that are placed at once under numbers without gaps, and the judgement of who got which.
@NullMarked
package io.holdfast.proof.ordering;

import org.jspecify.annotations.NullMarked;
