/// The running server: found, started, watched and stopped.
@NullMarked
package io.holdfast.postgres.process;

import org.jspecify.annotations.NullMarked;
