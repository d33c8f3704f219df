/// The page for people who run a tenant's stock. It is served to anybody and knows nothing: what it
/// shows, it asks the API for, with a key that a person types in.
@NullMarked
package io.holdfast.server.console;

import org.jspecify.annotations.NullMarked;
