/// Tests of who may do what, as far as they need no node.
@NullMarked
package io.holdfast.server.identity;

import org.jspecify.annotations.NullMarked;
