/// Orders: stock that is held for a buyer at frozen prices until it is theirs
/// ([io.holdfast.server.order.OrdersResource]).
@NullMarked
package io.holdfast.server.order;

import org.jspecify.annotations.NullMarked;
