/// Readers of what a shop tells of, and the judgement of whether all were told the same.
@NullMarked
package io.holdfast.proof.feed;

import org.jspecify.annotations.NullMarked;
