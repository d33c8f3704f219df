/// What a concurrency control must pass, on a real PostgreSQL: extend
/// [io.holdfast.stock.testing.StockContract] and say which engine to open.
@NullMarked
package io.holdfast.stock.testing;

import org.jspecify.annotations.NullMarked;
