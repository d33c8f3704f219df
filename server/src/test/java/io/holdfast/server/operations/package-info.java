/// Parts of the operations that need no node.
@NullMarked
package io.holdfast.server.operations;

import org.jspecify.annotations.NullMarked;
