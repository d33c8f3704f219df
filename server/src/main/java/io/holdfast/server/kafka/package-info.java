/// Events as messages of a broker of Kafka ([io.holdfast.server.kafka.KafkaSink]).
@NullMarked
package io.holdfast.server.kafka;

import org.jspecify.annotations.NullMarked;
