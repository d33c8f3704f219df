/// Server nodes as child processes.
@NullMarked
package io.holdfast.proof.node;

import org.jspecify.annotations.NullMarked;
