package io.holdfast.server.limit;

/// What a node asks of a bucket.
///
/// @param charge tokens that were taken before they were leased; below zero: given back
/// @param wish how many tokens are to be leased
record Ask(Allowance allowance, long charge, long wish) {
  Bucket bucket() {
    return allowance.bucket();
  }

  Rate rate() {
    return allowance.rate();
  }
}
