/// The client processes: buyers that wait for one start signal, act and record.
@NullMarked
package io.holdfast.proof.client;

import org.jspecify.annotations.NullMarked;
