/// Checkpoints: signed statements of what the hash chains have come to.
/// [io.holdfast.stock.checkpoint.SignedText] is what is signed,
/// [io.holdfast.stock.checkpoint.Checkpointing] makes and checks.
@NullMarked
package io.holdfast.stock.checkpoint;

import org.jspecify.annotations.NullMarked;
