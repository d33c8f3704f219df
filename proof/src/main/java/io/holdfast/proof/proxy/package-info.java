/// Ways that can be broken.
@NullMarked
package io.holdfast.proof.proxy;

import org.jspecify.annotations.NullMarked;
