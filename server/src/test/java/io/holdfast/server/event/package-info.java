@NullMarked
package io.holdfast.server.event;

import org.jspecify.annotations.NullMarked;
