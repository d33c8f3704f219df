package io.holdfast.server.account;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Makes and compares the slow hashes of passwords: Argon2id with 19 MiB and two passes, which is
/// what OWASP recommends. As many are made at once as there are processors, so that a crowd at the
/// door takes neither all the memory nor the buyers' processors.
final class PasswordHashes {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  private final Argon2PasswordEncoder encoder =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
  private final Semaphore turns;
  private final String nobodys;

  PasswordHashes(int atOnce) {
    turns = new Semaphore(atOnce, true);
    nobodys = encoded("nobody has this password");
  }

  String of(Password password) {
    return inTurn(() -> encoded(password.text()));
  }

  /// Takes as long for somebody who does not exist.
  ///
  /// @param hash null: there is none
  boolean matches(Password password, @Nullable String hash) {
    boolean isEqual = inTurn(() -> encoder.matches(password.text(), hash == null ? nobodys : hash));
    return isEqual && hash != null;
  }

  private String encoded(String text) {
    return Objects.requireNonNull(encoder.encode(text));
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ProblemException(ProblemCode.BUSY, "too many passwords are being looked at");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemCode.BUSY, "the node stops");
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }
}
