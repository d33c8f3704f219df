package io.holdfast.server.limit;

/// What a bucket gave.
///
/// @param tokens whole ones
/// @param leftMicroTokens what is in the bucket now; below zero if nodes have run ahead
record Grant(long tokens, long leftMicroTokens) {}
