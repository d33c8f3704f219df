package io.holdfast.proof.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.registration.Attempt.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Two want one name: 1 gets it, and 2 is told that it is taken.
class OneAccountPerNameTest {

  private static final List<Name> NAMES = List.of(new Name(List.of("Anna", "ANNA"), 2));

  @Test
  void holdsWhereOneGotTheName() {
    assertInstanceOf(Verdict.Held.class, verdict(List.of()));
    assertEquals(List.of(), new OneAccountPerName(NAMES, fine()).missing());
  }

  @Test
  void findsThatTwoGotIt() {
    assertViolated(registered(2, 201, null, false));
  }

  @Test
  void findsThatOneGotItTwice() {
    assertViolated(registered(1, 201, null, false));
  }

  @Test
  void findsThatNobodyGotIt() {
    assertInstanceOf(
        Verdict.Violated.class, new OneAccountPerName(NAMES, List.of(taken(1), taken(2))).judge());
  }

  @Test
  void findsAnyOtherAnswer() {
    assertViolated(registered(2, 500, "internal", false));
    assertViolated(registered(2, 503, "busy", false));
    assertViolated(registered(2, 409, "username_taken", false));
    assertViolated(registered(2, 429, "too_many_attempts", true));
    assertViolated(registered(2, 400, "invalid_request", false));
    assertViolated(attempt(2, Kind.REGISTER, 400, "username_taken", "already registered", false));
  }

  @Test
  void grantsThatABusyShopSaysWhenToComeAgain() {
    assertInstanceOf(
        Verdict.Held.class, verdict(List.of(registered(2, 503, "busy", true), taken(2))));
  }

  @Test
  void findsThatWhoRegisteredCannotLogIn() {
    assertViolated(loggedIn(1, 401));
  }

  @Test
  void findsThatSomebodyElseLogsIn() {
    assertViolated(loggedIn(2, 200));
  }

  @Test
  void findsThatALoginFails() {
    assertViolated(loggedIn(1, 500));
  }

  @Test
  void believesALoginWhereTheAnswerWasLost() {
    List<Attempt> lost =
        List.of(registered(1, 0, null, false), taken(1), loggedIn(1, 200), taken(2));
    assertInstanceOf(Verdict.Held.class, new OneAccountPerName(NAMES, lost).judge());
  }

  @Test
  void callsARunInconclusiveInWhichNothingWasTried() {
    assertEquals(
        List.of(
            "no two registrations of Anna overlapped",
            "nobody was refused Anna",
            "nobody logged in as Anna",
            "no other password was tried as Anna"),
        new OneAccountPerName(NAMES, List.of(registered(1, 201, null, false))).missing());
  }

  @Test
  void findsRowsThatAreNotOneWholeAccountPerName() {
    AccountRow anna = new AccountRow("ANNA", "anna", 1, 1);
    assertEquals(0, AccountRow.wrong(NAMES, List.of(anna)).size());
    assertEquals(1, AccountRow.wrong(NAMES, List.of()).size());
    assertEquals(
        1, AccountRow.wrong(NAMES, List.of(anna, new AccountRow("Anna", "Anna", 1, 1))).size());
    assertEquals(
        1, AccountRow.wrong(NAMES, List.of(anna, new AccountRow("bob", "anna", 1, 1))).size());
    assertEquals(1, AccountRow.wrong(NAMES, List.of(new AccountRow("Anna", "a", 0, 1))).size());
    assertEquals(1, AccountRow.wrong(NAMES, List.of(new AccountRow("Anna", "a", 1, 2))).size());
  }

  private static void assertViolated(Attempt more) {
    assertInstanceOf(Verdict.Violated.class, verdict(List.of(more)));
  }

  private static Verdict verdict(List<Attempt> more) {
    List<Attempt> attempts = new ArrayList<>(fine());
    attempts.addAll(more);
    return new OneAccountPerName(NAMES, attempts).judge();
  }

  private static List<Attempt> fine() {
    return List.of(registered(1, 201, null, false), taken(2), loggedIn(1, 200), loggedIn(2, 401));
  }

  private static Attempt taken(int claimant) {
    return registered(claimant, 400, "username_taken", false);
  }

  private static Attempt loggedIn(int claimant, int status) {
    return attempt(claimant, Kind.LOG_IN, status, null, null, false);
  }

  private static Attempt registered(
      int claimant, int status, @Nullable String code, boolean isRetryable) {
    return attempt(
        claimant, Kind.REGISTER, status, code, "Username already registered", isRetryable);
  }

  private static Attempt attempt(
      int claimant,
      Kind kind,
      int status,
      @Nullable String code,
      @Nullable String detail,
      boolean isRetryable) {
    return new Attempt(0, claimant, kind, "Anna", status, code, detail, isRetryable, 0, 10);
  }
}
