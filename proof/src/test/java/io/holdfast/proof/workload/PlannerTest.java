package io.holdfast.proof.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest {

  @ParameterizedTest
  @EnumSource
  void drawsTheSamePlanFromTheSameSeed(Scenario scenario) {
    assertEquals(Planner.draw(scenario, 42), Planner.draw(scenario, 42));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FAULTS", "NUMBERS", "OUTBOX", "PAYMENTS", "REGISTRATION"})
  void drawsAnotherPlanFromAnotherSeed(Scenario scenario) {
    assertNotEquals(Planner.draw(scenario, 42).processes(), Planner.draw(scenario, 43).processes());
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BASIC", "LIMITS", "FAULTS", "NUMBERS", "OUTBOX", "PAYMENTS", "REGISTRATION"})
  void asksForMoreThanThereIs(Scenario scenario) {
    assertTrue(Planner.draw(scenario, 42).isScarce());
  }

  @Test
  void breaksEachKindAsOftenAsAnyOther() {
    List<Breakage> kinds = List.of(Breakage.KILL_NODE, Breakage.HOLD_ROWS, Breakage.CUT_AT_COMMIT);
    Plan plan = Planner.draw(Scenario.FAULTS, 42, kinds, 7);
    assertEquals(plan, Planner.draw(Scenario.FAULTS, 42, kinds, 7));
    assertTrue(plan.isScarce());
    assertEquals(7, plan.strikes().size());
    for (Breakage kind : kinds) {
      long times = plan.strikes().stream().filter(kind::equals).count();
      assertTrue(times == 2 || times == 3, kind + " " + times);
    }
  }

  @Test
  void sends1000BuyersFor100Units() {
    Plan plan = Planner.draw(Scenario.OVERSELL, 42);
    assertEquals(1_000, plan.buyers());
    assertEquals(100, plan.supply().getFirst());
  }

  @Test
  void sends4ProcessesWith250AttemptsEach() {
    Plan plan = Planner.draw(Scenario.PROCESSES, 42);
    assertEquals(4, plan.processes().size());
    plan.processes()
        .forEach(
            buyers -> assertEquals(250, buyers.stream().mapToLong(buyer -> buyer.demand(0)).sum()));
  }

  @Test
  void ordersTwoToFiveDifferentItems() {
    Planner.draw(Scenario.MULTI_LINE, 42).processes().stream()
        .flatMap(buyers -> buyers.stream().map(script -> script.steps().getFirst()))
        .map(step -> step instanceof Step.Reserve(var lines, _, _) ? lines : purchased(step))
        .forEach(
            lines -> {
              long items = lines.stream().map(Wanted::item).distinct().count();
              assertTrue(items >= 2 && items <= 5 && items == lines.size());
            });
  }

  @Test
  void spreadsStockOverLocationsWithoutLosingAny() {
    Setting setting = Setting.of(100L).spreadOver("main", "north", "south");
    assertEquals(34, setting.share(0, "main"));
    assertEquals(33, setting.share(0, "north"));
    assertEquals(33, setting.share(0, "south"));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FAULTS", "NUMBERS", "OUTBOX", "PAYMENTS", "REGISTRATION"})
  void survivesTheWayToAClientProcess(Scenario scenario) throws Exception {
    JsonMapper mapper = JsonMapper.builder().build();
    for (Script script : Planner.draw(scenario, 42).processes().getFirst()) {
      assertEquals(script, mapper.readValue(mapper.writeValueAsString(script), Script.class));
    }
  }

  private static List<Wanted> purchased(Step step) {
    return step instanceof Step.Purchase(var lines) ? lines : List.of();
  }
}
