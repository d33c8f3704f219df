/// HTTP/1.1 over one socket per caller: whoever measures simultaneity has to own the connections.
@NullMarked
package io.holdfast.proof.http;

import org.jspecify.annotations.NullMarked;
