package io.holdfast.server.transfer;

/// What is asked for with a file.
///
/// @param isDryRun whether to say what would come of it, and no more
record ImportOrder(ImportKind kind, FileFormat format, boolean isDryRun, OnError onError) {}
