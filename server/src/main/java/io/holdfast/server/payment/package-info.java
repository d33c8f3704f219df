/// Orders that are paid at a provider: authorised, then captured once their stock is the buyer's
/// ([io.holdfast.server.payment.PaymentsResource], [io.holdfast.server.payment.Reaper]).
@NullMarked
package io.holdfast.server.payment;

import org.jspecify.annotations.NullMarked;
