package io.holdfast.server.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// An event in the JSON format of CloudEvents 1.0, whose attributes have no underscores.
///
/// @param id its position among the tenant's events
/// @param source the tenant's
/// @param subject what it happened to
@Schema(name = "CloudEvent")
public record CloudEvent(
    @JsonProperty("specversion") @Schema(enumeration = SPEC_VERSION) String specVersion,
    @Schema(pattern = "^[1-9][0-9]{0,18}$") String id,
    String source,
    String type,
    String subject,
    @Schema(format = "date-time") String time,
    @JsonProperty("datacontenttype") @Schema(enumeration = DATA_TYPE) String dataContentType,
    @Schema(implementation = Object.class) JsonNode data) {
  static final String SPEC_VERSION = "1.0";
  static final String DATA_TYPE = "application/json";
}
