/// Decide: the pure step between load and write. [io.holdfast.stock.decide.Decision] is the only
/// place where stock arithmetic lives; nothing here does I/O.
@NullMarked
package io.holdfast.stock.decide;

import org.jspecify.annotations.NullMarked;
