/// What every request meets, whatever it asks for: limits, headers, and the thread that it is
/// answered on.
@NullMarked
package io.holdfast.server.request;

import org.jspecify.annotations.NullMarked;
