/// What the database says, when it may be asked.
@NullMarked
package io.holdfast.proof.rows;

import org.jspecify.annotations.NullMarked;
