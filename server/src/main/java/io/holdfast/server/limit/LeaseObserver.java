package io.holdfast.server.limit;

/// Is told how leasing goes.
interface LeaseObserver {

  /// @param buckets for how many at once
  void leased(int buckets);

  /// The database failed, or took too long.
  void failed();
}
