/// Which problems exceptions are told as.
@NullMarked
package io.holdfast.server.problem;

import org.jspecify.annotations.NullMarked;
