/// Orders that are paid at a provider, and whether it took money for stock and for nothing else.
@NullMarked
package io.holdfast.proof.payment;

import org.jspecify.annotations.NullMarked;
