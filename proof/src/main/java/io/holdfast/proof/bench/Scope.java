package io.holdfast.proof.bench;

import java.util.List;

/// What is to be measured.
///
/// @param engineControls in process; none: every one that the server has, but the broken one
/// @param httpControls over HTTP, each on a database of its own
/// @param stored how many reservations a full database has
/// @param expiring how many reservations expire at once
record Scope(
    List<Part> parts,
    List<String> engineControls,
    List<String> httpControls,
    Pace pace,
    long stored,
    long expiring) {

  Scope {
    parts = List.copyOf(parts);
    engineControls = List.copyOf(engineControls);
    httpControls = List.copyOf(httpControls);
  }
}
