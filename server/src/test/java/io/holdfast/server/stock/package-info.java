/// Tests of the stock routes' parts that need no node.
@NullMarked
package io.holdfast.server.stock;

import org.jspecify.annotations.NullMarked;
