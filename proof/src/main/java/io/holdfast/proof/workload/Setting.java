package io.holdfast.proof.workload;

import java.util.Arrays;
import java.util.List;

/// What there is before anybody comes.
///
/// @param supply units of each item
/// @param locations over which each item is spread evenly, with what remains at the first
/// @param limits on what one customer may have
/// @param reserved lines of reservations that are held, one for each customer from the first on
public record Setting(
    List<Long> supply, List<String> locations, List<Limit> limits, List<List<Wanted>> reserved) {

  /// Where stock lies unless somebody says where.
  public static final String MAIN = "main";

  public Setting {
    supply = List.copyOf(supply);
    locations = List.copyOf(locations);
    limits = List.copyOf(limits);
    reserved = reserved.stream().map(List::copyOf).toList();
  }

  static Setting of(Long... supply) {
    return new Setting(Arrays.asList(supply), List.of(MAIN), List.of(), List.of());
  }

  Setting limitedBy(Limit... newLimits) {
    return new Setting(supply, locations, List.of(newLimits), reserved);
  }

  Setting spreadOver(String... newLocations) {
    return new Setting(supply, List.of(newLocations), limits, reserved);
  }

  Setting reserving(List<List<Wanted>> newReserved) {
    return new Setting(supply, locations, limits, newReserved);
  }

  /// Of an item at a location.
  public long share(int item, String location) {
    long even = supply.get(item) / locations.size();
    boolean isFirst = location.equals(locations.getFirst());
    return isFirst ? supply.get(item) - even * (locations.size() - 1) : even;
  }
}
