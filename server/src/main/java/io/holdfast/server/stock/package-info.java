/// The engine over HTTP: a request becomes a command, and the command's outcome the answer. Nothing
/// is decided here.
@NullMarked
package io.holdfast.server.stock;

import org.jspecify.annotations.NullMarked;
