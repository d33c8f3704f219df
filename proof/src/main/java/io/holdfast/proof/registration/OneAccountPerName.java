package io.holdfast.proof.registration;

import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.registration.Attempt.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// I21: a name goes to exactly one, who can log in; everybody else is told that it is taken. Pure:
/// the same attempts give the same verdict.
public final class OneAccountPerName {

  private final List<Name> names;
  private final List<Attempt> attempts;

  public OneAccountPerName(List<Name> names, List<Attempt> attempts) {
    this.names = List.copyOf(names);
    this.attempts = List.copyOf(attempts);
  }

  public Verdict judge() {
    return Verdict.all(
        Verdict.of("one registered of each name", winners()),
        Verdict.of("the others told that it is taken", answers()),
        Verdict.of("only who registered logs in", logins()));
  }

  /// What the attempts failed to exercise; nothing if they count.
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (int name = 0; name < names.size(); name++) {
      String word = names.get(name).spelling(0);
      List<Attempt> wanted = of(name, Kind.REGISTER);
      if (names.get(name).claimants() > 1 && !overlapped(wanted)) {
        missing.add("no two registrations of " + word + " overlapped");
      }
      if (wanted.stream().noneMatch(Attempt::isTaken)) {
        missing.add("nobody was refused " + word);
      }
      if (of(name, Kind.LOG_IN).stream().noneMatch(each -> each.status() == 200)) {
        missing.add("nobody logged in as " + word);
      }
      if (names.get(name).claimants() > 1
          && of(name, Kind.LOG_IN).stream().noneMatch(each -> each.status() == 401)) {
        missing.add("no other password was tried as " + word);
      }
    }
    return missing;
  }

  /// Whoever was told yes, or can log in after an answer that was lost, has the name.
  private List<String> winners() {
    List<String> found = new ArrayList<>();
    for (int name = 0; name < names.size(); name++) {
      List<Integer> winners =
          claimants(name).entrySet().stream()
              .filter(each -> each.getValue().stream().anyMatch(OneAccountPerName::isYes))
              .map(Map.Entry::getKey)
              .toList();
      if (winners.size() != 1) {
        found.add(names.get(name).spelling(0) + " went to " + winners.size() + ": " + winners);
      }
      for (int winner : winners) {
        long times =
            of(name, Kind.REGISTER).stream()
                .filter(each -> each.claimant() == winner && each.status() == 201)
                .count();
        if (times > 1) {
          found.add(names.get(name).spelling(0) + " was given " + times + " times to " + winner);
        }
      }
    }
    return found;
  }

  private List<String> answers() {
    return attempts.stream()
        .filter(each -> each.kind() == Kind.REGISTER)
        .filter(each -> !(each.status() == 201 || each.isTaken()))
        .filter(each -> !(each.isUnknown() || (each.isBusy() && each.status() == 503)))
        .map(Attempt::describe)
        .toList();
  }

  private List<String> logins() {
    List<String> found = new ArrayList<>();
    for (int name = 0; name < names.size(); name++) {
      claimants(name).values().forEach(its -> found.addAll(logins(its)));
    }
    return found;
  }

  /// Of one claimant. Whose registration has no answer may have the name or not.
  private static List<String> logins(List<Attempt> its) {
    boolean isRegistered = its.stream().anyMatch(each -> each.status() == 201);
    boolean mayBe = its.stream().anyMatch(each -> each.kind() == Kind.REGISTER && each.isUnknown());
    return its.stream()
        .filter(each -> each.kind() == Kind.LOG_IN && !each.isUnknown() && !each.isBusy())
        .filter(
            each ->
                switch (each.status()) {
                  case 200 -> !isRegistered && !mayBe;
                  case 401 -> isRegistered;
                  default -> true;
                })
        .map(Attempt::describe)
        .toList();
  }

  private static boolean isYes(Attempt attempt) {
    return attempt.status() == 201 || (attempt.kind() == Kind.LOG_IN && attempt.status() == 200);
  }

  private static boolean overlapped(List<Attempt> attempts) {
    return attempts.stream()
        .anyMatch(
            one ->
                attempts.stream()
                    .anyMatch(
                        other ->
                            other.claimant() != one.claimant()
                                && other.startNanos() < one.endNanos()
                                && one.startNanos() < other.endNanos()));
  }

  private List<Attempt> of(int name, Kind kind) {
    return attempts.stream().filter(each -> each.name() == name && each.kind() == kind).toList();
  }

  private Map<Integer, List<Attempt>> claimants(int name) {
    return attempts.stream()
        .filter(each -> each.name() == name)
        .collect(Collectors.groupingBy(Attempt::claimant, TreeMap::new, Collectors.toList()));
  }
}
