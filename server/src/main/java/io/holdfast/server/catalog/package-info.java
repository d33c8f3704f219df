/// What there is to stock: items with the names that people call them by.
@NullMarked
package io.holdfast.server.catalog;

import org.jspecify.annotations.NullMarked;
