package io.holdfast.server.description;

import io.holdfast.server.stock.CommandForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Discriminator;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/// The schemas of many commands at once, made of those of the commands' own routes: the same body,
/// with the command's name and with what stands in the address there.
final class CommandSchemas {
  private static final String PLACE = "#/components/schemas/";
  private static final String NAME = "command";
  private static final Set<String> ADDRESSES = Set.of("id", "sku");

  private CommandSchemas() {}

  static void addTo(Components components) {
    Map<String, Schema> schemas = components.getSchemas();
    Schema any = OASFactory.createSchema();
    Discriminator discriminator = OASFactory.createDiscriminator().propertyName(NAME);
    Set<String> answers = new LinkedHashSet<>();
    for (CommandForm form : CommandForm.values()) {
      String name = schemaName(form);
      components.addSchema(name, command(form, named(schemas, form.bodySchema())));
      any.addOneOf(OASFactory.createSchema().ref(PLACE + name));
      discriminator.addMapping(form.code(), PLACE + name);
      answers.add(form.answerSchema());
    }
    components.addSchema("StockCommand", any.discriminator(discriminator));
    property(schemas, "NewCommands", "commands")
        .setItems(OASFactory.createSchema().ref(PLACE + "StockCommand"));
    answers.add("Problem");
    Schema body = property(schemas, "CommandOutcome", "body");
    answers.forEach(answer -> body.addAnyOf(OASFactory.createSchema().ref(PLACE + answer)));
  }

  /// `set_safety_stock` is `SetSafetyStockCommand`.
  private static String schemaName(CommandForm form) {
    StringBuilder name = new StringBuilder();
    for (String word : form.code().split("_", -1)) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.append("Command").toString();
  }

  private static Schema command(CommandForm form, Schema body) {
    Map<String, Schema> properties = new LinkedHashMap<>();
    properties.put(NAME, text().enumeration(List.of(form.code())));
    properties.put("idempotency_key", text().minLength(1).maxLength(255));
    List<String> required = new ArrayList<>(List.of(NAME));
    properties.putAll(address(form));
    properties.keySet().stream().filter(ADDRESSES::contains).forEach(required::add);
    if (body.getProperties() != null) {
      properties.putAll(body.getProperties());
    }
    if (body.getRequired() != null) {
      required.addAll(body.getRequired());
    }
    return OASFactory.createSchema()
        .addType(SchemaType.OBJECT)
        .required(required)
        .properties(properties)
        .additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
  }

  private static Map<String, Schema> address(CommandForm form) {
    Schema id = text().format("uuid").description("the reservation's");
    Schema sku = text().minLength(1).maxLength(64);
    Schema version =
        OASFactory.createSchema()
            .addType(SchemaType.INTEGER)
            .format("int64")
            .description("the reservation's that you have seen: at another one it is refused");
    return switch (form.address()) {
      case NONE -> Map.of();
      case RESERVATION -> Map.of("id", id);
      case SEEN_RESERVATION -> new TreeMap<>(Map.of("id", id, "version", version));
      case ITEM -> Map.of("sku", sku);
    };
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(SchemaType.STRING);
  }

  private static Schema property(Map<String, Schema> schemas, String schema, String property) {
    return Objects.requireNonNull(named(schemas, schema).getProperties().get(property), property);
  }

  private static Schema named(Map<String, Schema> schemas, String name) {
    return Objects.requireNonNull(schemas.get(name), name);
  }
}
