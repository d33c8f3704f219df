/// Makes a cluster: its files, its settings, its logins and its database.
@NullMarked
package io.holdfast.postgres.setup;

import org.jspecify.annotations.NullMarked;
