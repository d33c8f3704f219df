/// Numbers that people read, one after the other and without gaps
/// ([io.holdfast.server.series.Numbers]).
@NullMarked
package io.holdfast.server.series;

import org.jspecify.annotations.NullMarked;
