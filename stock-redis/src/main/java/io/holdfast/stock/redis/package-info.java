/// The locks of the control `fenced-lock`, in Redis. [io.holdfast.stock.redis.RedisStockMutex] is
/// where it begins:
///
/// ```java
/// StockMutex mutex = RedisStockMutex.open(RedisUrl.parse("url", url), FenceEpochs.of(database));
/// EngineSettings settings = EngineSettings.with(Control.FENCED_LOCK).mutex(mutex).build();
/// StockEngine engine = StockEngine.open(database, settings);
/// ```
@NullMarked
package io.holdfast.stock.redis;

import org.jspecify.annotations.NullMarked;
