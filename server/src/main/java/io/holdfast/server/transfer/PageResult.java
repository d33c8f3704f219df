package io.holdfast.server.transfer;

import java.util.List;

/// What became of some lines.
record PageResult(long applied, long unchanged, List<LineFault> faults) {
  long lines() {
    return applied + unchanged + faults.size();
  }
}
