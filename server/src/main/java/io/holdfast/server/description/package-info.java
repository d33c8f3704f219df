/// What the OpenAPI document says beyond what stands at the routes: rules that hold for all of
/// them.
@NullMarked
package io.holdfast.server.description;

import org.jspecify.annotations.NullMarked;
