/// Providers, their tokens and their file, without a node.
@NullMarked
package io.holdfast.server.oidc;

import org.jspecify.annotations.NullMarked;
