package io.holdfast.server.event;

import java.time.Instant;

/// Something that has happened, to be told to others.
///
/// @param subject what it happened to; events of one subject are told in the order in which they
///   were written, so whoever writes one has the subject's row locked
/// @param time of the decision
/// @param data a record, written as JSON as the answers of routes are
public record Event(EventType type, String subject, Instant time, Object data) {}
