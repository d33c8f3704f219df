/// PostgreSQL 18 in a folder of our own: [io.holdfast.postgres.Cluster] is the obvious first file.
/// This package is the whole public API; `binaries` unpacks the programs, `folder` names and guards
/// the files, `setup` makes a cluster once, `process` starts, adopts, watches and stops it.
@NullMarked
package io.holdfast.postgres;

import org.jspecify.annotations.NullMarked;
