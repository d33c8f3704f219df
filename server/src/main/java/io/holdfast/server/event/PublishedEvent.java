package io.holdfast.server.event;

import com.fasterxml.jackson.databind.JsonNode;

/// An event that has its position.
///
/// @param time as it is written
public record PublishedEvent(
    long position, String type, String subject, String time, JsonNode data) {

  /// As a client reads it: a CloudEvent.
  ///
  /// @param source whose it is
  public CloudEvent of(String source) {
    return new CloudEvent(
        CloudEvent.SPEC_VERSION,
        Long.toString(position),
        source,
        type,
        subject,
        time,
        CloudEvent.DATA_TYPE,
        data);
  }
}
