/// What clients asked and were told, as recorded by them: the only witness that no server can edit.
@NullMarked
package io.holdfast.proof.history;

import org.jspecify.annotations.NullMarked;
