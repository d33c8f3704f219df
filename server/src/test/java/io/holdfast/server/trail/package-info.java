@NullMarked
package io.holdfast.server.trail;

import org.jspecify.annotations.NullMarked;
