/// Measures the engine inside this process, without HTTP: what `./holdfast bench` shows as
/// in-process and raw. One JSON object per line on standard output.
@NullMarked
package io.holdfast.server.bench;

import org.jspecify.annotations.NullMarked;
