/// What goes wrong on purpose.
@NullMarked
package io.holdfast.proof.fault;

import org.jspecify.annotations.NullMarked;
