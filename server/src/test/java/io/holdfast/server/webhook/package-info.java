@NullMarked
package io.holdfast.server.webhook;

import org.jspecify.annotations.NullMarked;
