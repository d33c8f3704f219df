package io.holdfast.server.limit;

import java.util.List;

/// Gives out leases.
interface Lessor {

  /// Blocking.
  ///
  /// @param asks of different buckets
  /// @return a grant for each, in the same order
  List<Grant> lease(List<Ask> asks);
}
