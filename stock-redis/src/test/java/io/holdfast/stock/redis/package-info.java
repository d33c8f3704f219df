@NullMarked
package io.holdfast.stock.redis;

import org.jspecify.annotations.NullMarked;
