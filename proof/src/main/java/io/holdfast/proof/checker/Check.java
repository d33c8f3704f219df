package io.holdfast.proof.checker;

/// Judges one invariant. Pure: the same evidence gives the same verdict.
sealed interface Check
    permits NeverOversold,
        NeverUndersold,
        OncePerKey,
        LedgerEqualsStock,
        NothingPartial,
        AcknowledgedSurvives,
        RefusedStaysRefused,
        EndsOnce {

  Invariant invariant();

  Verdict judge(Evidence evidence, Claims claims);
}
