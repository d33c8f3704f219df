/// Writers whose deeds a shop tells of, and the judgement of whether it told of each and no other.
@NullMarked
package io.holdfast.proof.outbox;

import org.jspecify.annotations.NullMarked;
