/// Which request something is done for: its name and where it came from
/// ([io.holdfast.server.origin.RequestOrigin]). It depends on nothing, so that everything may ask.
@NullMarked
package io.holdfast.server.origin;

import org.jspecify.annotations.NullMarked;
