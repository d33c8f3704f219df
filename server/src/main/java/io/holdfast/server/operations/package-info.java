/// What the people who run a node look at: health, metrics, and a route that does nothing.
@NullMarked
package io.holdfast.server.operations;

import org.jspecify.annotations.NullMarked;
