package io.holdfast.server.description;

import io.holdfast.server.identity.Permission;
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
        .addProperty(
            "state",
            text()
                .description(
                    "with `reservation_not_held`, `reservation_not_committed` and"
                        + " `illegal_order_step`"))
        .addProperty(
            "steps",
            list(text()).description("with `illegal_order_step`: what may be done instead"))
        .addProperty("shortages", list(shortage()).description("with `insufficient_stock`"))
        .addProperty(
            "excesses",
            list(excess()).description("with `more_than_reserved` and `more_than_ordered`"))
        .addProperty(
            "changes",
            list(memberChange())
                .description("with `version_conflict`: what has changed since, where it is known"))
        .addProperty(
            "needs",
            text()
                .enumeration(permissions())
                .description("with `forbidden`: what the role of the key may not do"))
        .addProperty(
            "first", whole().description("with `events_gone`: the oldest position that is kept"));
  }

  private static List<Object> permissions() {
    return Arrays.stream(Permission.values()).map(Permission::code).collect(Collectors.toList());
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
        .required(
            List.of(
                "sku",
                "location",
                "wanted",
                "missing",
                "on_hand",
                "reserved",
                "safety_stock",
                "available",
                "first_expires_at",
                "elsewhere"))
        .addProperty("sku", text())
        .addProperty("location", location())
        .addProperty("wanted", whole().description("all lines of it added up"))
        .addProperty("missing", whole())
        .addProperty("on_hand", whole())
        .addProperty("reserved", whole().description("by all who hold some of it"))
        .addProperty("safety_stock", whole().description("kept from being sold"))
        .addProperty("available", whole().description("what could have been had instead"))
        .addProperty(
            "first_expires_at",
            OASFactory.createSchema()
                .addType(SchemaType.STRING)
                .addType(SchemaType.NULL)
                .format("date-time")
                .description(
                    "when the first reservation of it expires unless it is committed; null when"
                        + " none is known"))
        .addProperty(
            "elsewhere", list(text()).description("locations that could have served it alone"));
  }

  private static Schema excess() {
    return object()
        .required(List.of("sku", "location", "wanted", "left"))
        .addProperty("sku", text())
        .addProperty("location", location())
        .addProperty("wanted", whole())
        .addProperty("left", whole());
  }

  private static Schema memberChange() {
    return object()
        .required(List.of("member", "seen", "found", "version", "changed_at", "changed_by"))
        .addProperty("member", text().description("like `name`, or `attributes.colour`"))
        .addProperty("seen", anything().description("at the version that was expected"))
        .addProperty("found", anything().description("what it is"))
        .addProperty("version", whole().description("that its last change led to"))
        .addProperty("changed_at", text().format("date-time"))
        .addProperty("changed_by", text());
  }

  private static Schema anything() {
    return OASFactory.createSchema();
  }

  private static Schema location() {
    return OASFactory.createSchema()
        .addType(SchemaType.STRING)
        .addType(SchemaType.NULL)
        .description("null where none was named");
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
