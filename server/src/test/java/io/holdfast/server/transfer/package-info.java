@NullMarked
package io.holdfast.server.transfer;

import org.jspecify.annotations.NullMarked;
