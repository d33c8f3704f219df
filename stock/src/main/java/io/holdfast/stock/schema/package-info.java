/// The scripts that make the engine's tables, and what applies them where no other tool does.
@NullMarked
package io.holdfast.stock.schema;

import org.jspecify.annotations.NullMarked;
