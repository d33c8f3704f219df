@NullMarked
package io.holdfast.server.payment;

import org.jspecify.annotations.NullMarked;
