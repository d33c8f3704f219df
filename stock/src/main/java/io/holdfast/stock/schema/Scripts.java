package io.holdfast.stock.schema;

import io.holdfast.stock.StockSchema.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The scripts, which are resources beside this class.
public final class Scripts {
  /// A jar can't be asked what it has, so this says it; a test holds it to the files.
  private static final List<String> NAMES =
      List.of(
          "V001__create_stock.sql",
          "V002__add_operations.sql",
          "V005__limit_customers.sql",
          "V006__sign_checkpoints.sql",
          "V008__count_versions_of_choices.sql",
          "V009__count_versions_of_limits.sql",
          "V011__keep_fencing_tokens.sql",
          "V020__seal_rows.sql",
          "V021__quarantine_levels.sql",
          "V022__audit_tenants.sql",
          "V023__keep_an_archive.sql",
          "V024__list_reservations_of_customers.sql");

  private Scripts() {}

  public static List<Script> all() {
    return NAMES.stream().map(Scripts::read).toList();
  }

  private static Script read(String name) {
    try (InputStream text = Scripts.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new Script(name, new String(text.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " can't be read", e);
    }
  }
}
