/// Where shops take money: a provider of payments on this machine, which knows what was truly
/// taken.
@NullMarked
package io.holdfast.proof.till;

import org.jspecify.annotations.NullMarked;
