package io.holdfast.proof.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.proof.checker.ChainFindings.Broken;
import io.holdfast.proof.checker.ChainFindings.Intact;
import io.holdfast.proof.checker.ChainFindings.NotRecomputed;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainFindingsTest {
  private static final Set<String> OWN = Set.of("prove-1-0", "prove-1-1");
  private static final String OLD =
      "level is its newest movement | fudge/main | expected 9 1 3 | found 8 1 3";
  private static final String NEW =
      "movement.hash | fudge/main position 4 | expected aa | found bb";

  @Test
  void whatWasThereBeforeIsNotTheRunsFault() {
    assertEquals(new Intact(), broken(OLD).since(broken(OLD), OWN));
    assertEquals(broken(NEW), broken(OLD, NEW).since(broken(OLD), OWN));
    assertEquals(broken(OLD, NEW), broken(OLD, NEW).since(new Intact(), OWN));
  }

  @Test
  void whatHasBecomeAnotherDifferenceIs() {
    String changed = OLD.replace("found 8", "found 7");
    assertEquals(broken(changed), broken(changed).since(broken(OLD), OWN));
  }

  @Test
  void theSameOfAnotherTenantIs() {
    assertEquals(broken(OLD), broken(OLD, OLD).since(broken(OLD), OWN));
    assertEquals(new Intact(), broken(OLD).since(broken(OLD, OLD), OWN));
  }

  @Test
  void whatIsOfItsOwnItemsIsWheneverItCameAbout() {
    String level = OLD.replace("fudge", "prove-1-0");
    String movement = NEW.replace("fudge", "prove-1-1");
    String reservation =
        "reservation is what its movements add up to | 01a2 held prove-1-0 | expected 0 | found 1";
    for (String own : List.of(level, movement, reservation)) {
      assertEquals(broken(own), broken(OLD, own).since(broken(OLD, own), OWN), own);
    }
    String another = OLD.replace("fudge", "prove-1-01");
    assertEquals(new Intact(), broken(another).since(broken(another), OWN));
  }

  @Test
  void withoutALookBeforeOnlyItsOwnItemsSpeakAgainstIt() {
    ChainFindings unknown = new NotRecomputed("too long");
    String own = OLD.replace("fudge", "prove-1-0");
    assertEquals(broken(own), broken(OLD, own).since(unknown, OWN));
    assertEquals(
        new NotRecomputed("what differs may have done so before (too long)"),
        broken(OLD).since(unknown, OWN));
  }

  @Test
  void whatCouldNotBeRecomputedStaysSo() {
    assertEquals(new NotRecomputed("gone"), new NotRecomputed("gone").since(broken(OLD), OWN));
    assertEquals(new Intact(), new Intact().since(broken(OLD), OWN));
  }

  @Test
  void brokenWithoutADifferenceIsAFaultOfOurs() {
    assertThrows(IllegalArgumentException.class, ChainFindingsTest::broken);
  }

  private static ChainFindings broken(String... differences) {
    return new Broken(List.of(differences));
  }
}
