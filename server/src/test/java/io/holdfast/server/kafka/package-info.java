@NullMarked
package io.holdfast.server.kafka;

import org.jspecify.annotations.NullMarked;
