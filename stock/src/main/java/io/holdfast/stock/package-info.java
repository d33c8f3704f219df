@NullMarked
package io.holdfast.stock;

import org.jspecify.annotations.NullMarked;
