@NullMarked
package io.holdfast.server.bench.load;

import org.jspecify.annotations.NullMarked;
