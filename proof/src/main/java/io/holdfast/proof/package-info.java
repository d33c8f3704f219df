@NullMarked
package io.holdfast.proof;

import org.jspecify.annotations.NullMarked;
