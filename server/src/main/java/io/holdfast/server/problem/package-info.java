/// Every no, in the form of RFC 9457: [io.holdfast.server.problem.ProblemCode] lists them all, and
/// [io.holdfast.server.problem.Problem] is the body.
@NullMarked
package io.holdfast.server.problem;

import org.jspecify.annotations.NullMarked;
