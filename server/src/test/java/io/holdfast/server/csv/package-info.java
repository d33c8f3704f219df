@NullMarked
package io.holdfast.server.csv;

import org.jspecify.annotations.NullMarked;
