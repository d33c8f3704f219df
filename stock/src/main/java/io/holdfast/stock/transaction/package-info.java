/// One transaction: load, decide, write, commit, and what is done when one of these fails.
/// [io.holdfast.stock.transaction.StockTransaction] is one attempt, and
/// [io.holdfast.stock.transaction.Decider] brings requests to their answers by as many as it takes.
@NullMarked
package io.holdfast.stock.transaction;

import org.jspecify.annotations.NullMarked;
