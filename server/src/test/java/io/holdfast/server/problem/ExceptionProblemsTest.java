package io.holdfast.server.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What nobody foresaw is in the log with all that is known of it, and in the answer with nothing.
class ExceptionProblemsTest {
  private static final String SECRET = "INSERT INTO holdfast.users VALUES ('anna', 'p4ssword')";

  private final Logger log = Logger.getLogger(ExceptionProblems.class.getName());
  private final List<LogRecord> told = new ArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          told.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listens() {
    log.addHandler(listener);
  }

  @AfterEach
  void listensNoMore() {
    log.removeHandler(listener);
  }

  @Test
  void whatNobodyForesawIsToldAsNothingButThat() {
    for (Throwable fault :
        List.of(
            new IllegalStateException(SECRET),
            new SQLException(SECRET, "23505"),
            new StackOverflowError(SECRET),
            new CompletionException(new NullPointerException(SECRET)))) {
      Problem problem = ExceptionProblems.of(fault);
      assertEquals(ProblemCode.INTERNAL_ERROR.code(), problem.code());
      assertEquals(500, problem.status());
      assertFalse(problem.toString().contains("p4ssword"), problem.toString());
    }
  }

  @Test
  void whatNobodyForesawIsLoggedWithWhereItCameFrom() {
    Throwable fault = new IllegalStateException("the bottom fell out");
    ExceptionProblems.of(fault);
    assertEquals(1, told.size());
    assertEquals(Level.SEVERE.intValue(), told.getFirst().getLevel().intValue());
    assertSame(fault, told.getFirst().getThrown());
  }

  @Test
  void aConnectionThatIsLostIsLoggedAndToldWithoutItsWords() {
    Problem problem = ExceptionProblems.of(new SQLException(SECRET, "08006"));
    assertEquals(ProblemCode.DATABASE_UNAVAILABLE.code(), problem.code());
    assertFalse(problem.toString().contains("p4ssword"), problem.toString());
    assertEquals(1, told.size());
  }
}
