/// The built program, run as a process and asked over HTTP.
@NullMarked
package io.holdfast.server.http;

import org.jspecify.annotations.NullMarked;
