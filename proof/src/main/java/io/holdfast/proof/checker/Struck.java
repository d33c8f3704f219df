package io.holdfast.proof.checker;

import io.holdfast.proof.workload.Breakage;
import java.util.OptionalLong;

/// Something that was broken, and what came after.
///
/// @param times how often it had an effect, such as connections that were cut
/// @param worksNanos when every node had sold something again, if ever
/// @param stuck sessions of the database that had been idle in a transaction for long by then
public record Struck(
    Breakage breakage,
    int times,
    long startNanos,
    long mendedNanos,
    OptionalLong worksNanos,
    int stuck) {}
