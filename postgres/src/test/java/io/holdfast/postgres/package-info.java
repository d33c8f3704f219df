@NullMarked
package io.holdfast.postgres;

import org.jspecify.annotations.NullMarked;
