package io.holdfast.proof.bench.result;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A number that follows from two results or more.
///
/// @param finding what it says, as `combined / row-lock`
/// @param under which load
/// @param unit `x` of a ratio, else the unit of the value
public record Finding(String finding, String under, double value, String unit) {
  static final String RATIO = "x";

  /// As a line of the results.
  public Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("finding", finding);
    members.put("under", under);
    members.put("value", Math.round(value * 1e3) / 1e3);
    members.put("unit", unit);
    return members;
  }

  public String shown() {
    String form = value >= 100 ? "%,.0f %s" : "%.2f %s";
    return String.format(Locale.ROOT, form, value, unit);
  }
}
