@NullMarked
package io.holdfast.server.series;

import org.jspecify.annotations.NullMarked;
