package io.holdfast.proof.registration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An account as it is in the shop's database.
///
/// @param key what the shop compares names by
public record AccountRow(String username, String key, long passwords, long roles) {

  /// What is wrong with the rows of these names; nothing if each has one account that is whole.
  static List<String> wrong(List<Name> names, List<AccountRow> rows) {
    List<String> found = new ArrayList<>();
    for (Name name : names) {
      long accounts =
          rows.stream().filter(row -> name.spellings().contains(row.username())).count();
      if (accounts != 1) {
        found.add(name.spellings().getFirst() + " has " + accounts + " accounts");
      }
    }
    Set<String> keys = new HashSet<>();
    for (AccountRow row : rows) {
      if (!keys.add(row.key())) {
        found.add("two accounts with one key: " + row);
      }
      if (row.passwords() != 1 || row.roles() != 1) {
        found.add("not one password and one role: " + row);
      }
    }
    return found;
  }
}
