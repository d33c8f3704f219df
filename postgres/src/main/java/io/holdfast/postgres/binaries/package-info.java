/// The programs of PostgreSQL, unpacked once per user from the jar that carries them.
@NullMarked
package io.holdfast.postgres.binaries;

import org.jspecify.annotations.NullMarked;
