/// Many people who want one name at once: whom the shop gave it to, and what it told the others.
@NullMarked
package io.holdfast.proof.registration;

import org.jspecify.annotations.NullMarked;
