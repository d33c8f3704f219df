package io.holdfast.server.json;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The body of a request that says everything in its address: an empty object, or nothing at all.
@Schema(name = "NoMembers", additionalProperties = Schema.False.class)
public record NoMembers() {}
