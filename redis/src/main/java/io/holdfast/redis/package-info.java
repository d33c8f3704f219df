/// A Redis of one's own to throw away. [io.holdfast.redis.ThrowawayRedis] is where it begins.
@NullMarked
package io.holdfast.redis;

import org.jspecify.annotations.NullMarked;
