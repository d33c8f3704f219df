package io.holdfast.proof.checker;

/// Judges one invariant. Pure: the same evidence gives the same verdict.
sealed interface Check
    permits NeverOversold,
        NeverUndersold,
        NoLostUpdate,
        OncePerKey,
        LedgerEqualsStock,
        NothingVanishes,
        NothingPartial,
        AcknowledgedSurvives,
        RefusedStaysRefused,
        EndsOnce,
        WithinLimits,
        WorksAgain {

  Invariant invariant();

  Verdict judge(Evidence evidence, Claims claims);
}
