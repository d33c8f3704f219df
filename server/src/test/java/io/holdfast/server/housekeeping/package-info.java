@NullMarked
package io.holdfast.server.housekeeping;

import org.jspecify.annotations.NullMarked;
