package io.holdfast.stock;

/// Something that travels with a command for a [Participant]: the engine carries it and never looks
/// inside.
public interface Attachment {}
