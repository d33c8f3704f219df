package io.holdfast.server.description;

import io.holdfast.server.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/// The schema of [io.holdfast.server.problem.Problem], with all its codes.
final class ProblemSchema {
  private ProblemSchema() {}

  static Schema problem() {
    List<Object> codes =
        Arrays.stream(ProblemCode.values()).map(ProblemCode::code).collect(Collectors.toList());
    return object()
        .description("An error, RFC 9457. Programs compare `code`, people read the rest.")
        .required(List.of("type", "title", "status", "code", "detail"))
        .addProperty("type", text())
        .addProperty("title", text())
        .addProperty("status", whole())
        .addProperty("code", text().enumeration(codes))
        .addProperty("detail", text())
        .addProperty("errors", list(memberError()).description("what is wrong where"))
        .addProperty("state", text().description("with `reservation_not_held`"))
        .addProperty("shortages", list(shortage()).description("with `insufficient_stock`"));
  }

  private static Schema memberError() {
    return object()
        .required(List.of("member", "message"))
        .addProperty(
            "member", text().description("like `lines[0].quantity`, or a parameter's name"))
        .addProperty("message", text());
  }

  private static Schema shortage() {
    return object()
        .required(List.of("sku", "location", "wanted", "on_hand", "reserved", "available"))
        .addProperty("sku", text())
        .addProperty("location", text())
        .addProperty("wanted", whole())
        .addProperty("on_hand", whole())
        .addProperty("reserved", whole())
        .addProperty("available", whole());
  }

  private static Schema object() {
    return OASFactory.createSchema().addType(SchemaType.OBJECT);
  }

  private static Schema list(Schema items) {
    return OASFactory.createSchema().addType(SchemaType.ARRAY).items(items);
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(SchemaType.STRING);
  }

  private static Schema whole() {
    return OASFactory.createSchema().addType(SchemaType.INTEGER);
  }
}
