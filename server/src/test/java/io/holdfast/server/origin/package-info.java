@NullMarked
package io.holdfast.server.origin;

import org.jspecify.annotations.NullMarked;
