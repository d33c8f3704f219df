@NullMarked
package io.holdfast.postgres.folder;

import org.jspecify.annotations.NullMarked;
