/// What audits have found, told to people.
@NullMarked
package io.holdfast.server.audit;

import org.jspecify.annotations.NullMarked;
