/// What lies where in a cluster's folder, readable by its owner only.
@NullMarked
package io.holdfast.postgres.folder;

import org.jspecify.annotations.NullMarked;
