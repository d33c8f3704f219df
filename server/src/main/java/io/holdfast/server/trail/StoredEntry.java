package io.holdfast.server.trail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of the trail as it stands there, whoever wrote it.
record StoredEntry(
    long id,
    long times,
    Instant recordedAt,
    String outcome,
    String operation,
    String actor,
    String requestId,
    String address,
    String subjectKind,
    String subjectName,
    @Nullable String needs,
    @Nullable String before,
    @Nullable String after) {}
