package io.holdfast.server.order;

import io.holdfast.stock.Attachment;
import io.holdfast.stock.ReservationId;

/// Goes with each step that changes an order's stock, for whoever has to know of it in the same
/// transaction.
public record OrderChange(ReservationId order) implements Attachment {}
