package io.holdfast.proof.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What recomputing the ledger's hash chains gave.
public sealed interface ChainFindings {
  record Intact() implements ChainFindings {}

  /// @param differences a line each, of all tenants
  record Broken(List<String> differences) implements ChainFindings {
    public Broken {
      differences = List.copyOf(differences);
      if (differences.isEmpty()) {
        throw new IllegalArgumentException("broken, but nothing differs");
      }
    }
  }

  record NotRecomputed(String why) implements ChainFindings {}

  /// Every difference that is known of.
  default List<String> differences() {
    return switch (this) {
      case Broken(var found) -> found;
      case Intact _, NotRecomputed _ -> List.of();
    };
  }

  /// What a run has to answer for: what was not there before it, or is of its own items.
  ///
  /// @param skus of the items that it had to itself
  default ChainFindings since(ChainFindings before, Set<String> skus) {
    return switch (this) {
      case Intact _, NotRecomputed _ -> this;
      case Broken(var found) ->
          switch (before) {
            case Intact _ -> this;
            case Broken(var earlier) -> of(newOrOwn(found, earlier, skus));
            case NotRecomputed(var why) -> {
              List<String> own = newOrOwn(found, found, skus);
              yield own.isEmpty()
                  ? new NotRecomputed("what differs may have done so before (" + why + ")")
                  : new Broken(own);
            }
          };
    };
  }

  private static ChainFindings of(List<String> differences) {
    return differences.isEmpty() ? new Intact() : new Broken(differences);
  }

  /// A line doesn't name its tenant, so the same one may be there twice.
  private static List<String> newOrOwn(List<String> found, List<String> earlier, Set<String> skus) {
    Map<String, Integer> known = new HashMap<>();
    earlier.forEach(line -> known.merge(line, 1, Integer::sum));
    Pattern own =
        Pattern.compile(
            skus.stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<!\\S)(", ")(?![^\\s/])")));
    List<String> blamed = new ArrayList<>();
    for (String line : found) {
      boolean isNew = known.merge(line, -1, Integer::sum) < 0;
      if (isNew || own.matcher(line).find()) {
        blamed.add(line);
      }
    }
    return blamed;
  }
}
