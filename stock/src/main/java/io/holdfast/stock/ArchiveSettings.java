package io.holdfast.stock;

import java.time.Duration;
import java.util.Objects;

/// How an archiver works. Made by [#usual] and changed by [#with]: what is not chosen is as usual,
/// and so is what a later version adds.
public final class ArchiveSettings extends BackgroundSettings {
  private final ArchiveObserver observer;

  private ArchiveSettings(Builder chosen) {
    super(chosen, 1);
    observer = QuietArchiveObserver.of(chosen.observer);
  }

  /// Each tenant once an hour, a thousand rows at a time, a tenth of one connection's time.
  public static ArchiveSettings usual() {
    return new Builder().build();
  }

  /// A builder that has these settings, to change some of them.
  public Builder with() {
    return new Builder(this);
  }

  /// Told what happens.
  public ArchiveObserver observer() {
    return observer;
  }

  /// Changes what is to be other than usual.
  public static final class Builder extends BackgroundSettings.Builder<Builder> {
    private ArchiveObserver observer = ArchiveObserver.NONE;

    private Builder() {
      super(Duration.ofHours(1), 1_000, Duration.ofMinutes(1));
    }

    private Builder(ArchiveSettings settings) {
      super(settings);
      observer = settings.observer;
    }

    @Override
    Builder self() {
      return this;
    }

    /// See [ArchiveSettings#observer].
    public Builder observer(ArchiveObserver newObserver) {
      observer = Objects.requireNonNull(newObserver, "observer");
      return this;
    }

    /// The settings; an `IllegalArgumentException` names the one that is out of its range.
    public ArchiveSettings build() {
      return new ArchiveSettings(this);
    }
  }
}
