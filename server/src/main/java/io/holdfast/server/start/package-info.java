/// From the command line to a node that serves, and back: [io.holdfast.server.start.Main] is the
/// way in, [io.holdfast.server.start.Boot] the order of the steps.
@NullMarked
package io.holdfast.server.start;

import org.jspecify.annotations.NullMarked;
