@NullMarked
package io.holdfast.server.bench;

import org.jspecify.annotations.NullMarked;
