/// What a tenant has chosen where shops differ.
@NullMarked
package io.holdfast.server.policy;

import org.jspecify.annotations.NullMarked;
