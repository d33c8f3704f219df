/// Rules that hold for all modules of the server.
@NullMarked
package io.holdfast.server;

import org.jspecify.annotations.NullMarked;
