/// Callers: those who wait for each answer before they ask again, and those who come when they
/// come.
@NullMarked
package io.holdfast.server.bench.load;

import org.jspecify.annotations.NullMarked;
