@NullMarked
package io.holdfast.postgres.binaries;

import org.jspecify.annotations.NullMarked;
