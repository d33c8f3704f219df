@NullMarked
package io.holdfast.server.limit;

import org.jspecify.annotations.NullMarked;
