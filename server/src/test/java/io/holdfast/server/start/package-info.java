/// Parts of the start that need no node.
@NullMarked
package io.holdfast.server.start;

import org.jspecify.annotations.NullMarked;
