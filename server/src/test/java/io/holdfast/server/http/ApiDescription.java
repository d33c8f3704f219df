package io.holdfast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The committed description of the API, and whether an answer is one that it describes: the
/// status, the media type, the body, and the headers that it promises. Of what is no JSON only the
/// media type is described.
final class ApiDescription {
  private static final Path FILE = Path.of("..", "docs", "reference", "openapi.yaml");
  private static final String PROBLEM = "#/components/schemas/Problem";
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ApiDescription COMMITTED = read();

  private final JsonNode document;
  private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

  private ApiDescription(JsonNode document) {
    this.document = document;
  }

  private static ApiDescription read() {
    try {
      JsonNode document = new YAMLMapper().readTree(FILE.toFile());
      document.path("components").path("schemas").forEach(ApiDescription::close);
      return new ApiDescription(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Clients must bear members that they do not know; a test of this version knows them all.
  private static void close(JsonNode schema) {
    if (schema.has("properties") && !schema.has("additionalProperties")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }

  static ApiDescription committed() {
    return COMMITTED;
  }

  /// What of an answer is described.
  record Answer(String method, String path, int status, HttpHeaders headers, String body) {
    static Answer of(HttpResponse<String> response) {
      return new Answer(
          response.request().method(),
          response.uri().getRawPath(),
          response.statusCode(),
          response.headers(),
          response.body());
    }

    String mediaType() {
      return headers.firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    }
  }

  /// The addresses that are described.
  Set<String> templates() {
    Set<String> templates = new TreeSet<>();
    document.path("paths").fieldNames().forEachRemaining(templates::add);
    return templates;
  }

  /// @param id the same on every version of the API
  /// @param isOpen whether it is described as needing no credential
  record Operation(String id, String method, String template, boolean isOpen) {}

  /// All that are described.
  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (String template : templates()) {
      document
          .path("paths")
          .path(template)
          .properties()
          .forEach(
              method ->
                  operations.add(
                      new Operation(
                          method.getValue().path("operationId").asText(),
                          method.getKey().toUpperCase(Locale.ROOT),
                          template,
                          method.getValue().path("security").isArray())));
    }
    return operations;
  }

  /// The names of all parameters of addresses.
  Set<String> parameters() {
    return new TreeSet<>(
        document.path("paths").findValues("parameters").stream()
            .flatMap(JsonNode::valueStream)
            .filter(parameter -> !parameter.path("in").asText().equals("header"))
            .map(parameter -> parameter.path("name").asText())
            .toList());
  }

  /// The methods that an address is described with, as the header `Allow` names them.
  String allowed(String template) {
    Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
    document
        .path("paths")
        .path(template)
        .fieldNames()
        .forEachRemaining(method -> methods.add(method.toUpperCase(Locale.ROOT)));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(", ", methods);
  }

  /// Fails with what differs.
  void check(Answer answer) {
    Secrets.addOfAnswer(answer);
    String where = answer.method + " " + answer.path + " " + answer.status;
    if (answer.status == METHOD_NOT_ALLOWED) {
      checkAllowed(where, answer);
    }
    Optional<JsonNode> operation = operation(answer.method, answer.path);
    if (operation.isPresent()) {
      checkDescribed(where, operation.get(), answer);
    } else if (answer.mediaType().equals("application/problem+json")) {
      checkBody(where, PROBLEM, answer.body);
    }
  }

  private void checkAllowed(String where, Answer answer) {
    Optional<String> told = answer.headers.firstValue("Allow");
    require(told.isPresent(), where + " lacks the header Allow");
    templates(answer.path)
        .map(this::allowed)
        .findFirst()
        .ifPresent(
            described ->
                require(
                    told.get().equals(described),
                    where + " allows " + told + ", not " + described));
  }

  private void checkDescribed(String where, JsonNode operation, Answer answer) {
    JsonNode response = operation.path("responses").path(Integer.toString(answer.status));
    require(!response.isMissingNode(), where + " is not described");
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(name -> checkHeader(where, name, answer));
    if (response.path("content").isMissingNode()) {
      require(answer.body.isEmpty(), where + " has a body");
      return;
    }
    JsonNode content = response.path("content").path(answer.mediaType());
    require(!content.isMissingNode(), where + " has the media type " + answer.mediaType());
    if (content.path("schema").path("type").asText().equals("string")) {
      return;
    }
    String reference = content.path("schema").path("$ref").asText();
    require(!reference.isEmpty(), where + " has no schema of its own");
    checkBody(where, reference, answer.body);
  }

  /// A replay is the only thing that an answer need not tell.
  private static void checkHeader(String where, String name, Answer answer) {
    boolean isThere = answer.headers.firstValue(name).isPresent();
    require(isThere || name.equals("Idempotent-Replayed"), where + " lacks the header " + name);
  }

  private void checkBody(String where, String reference, String body) {
    try {
      Set<ValidationMessage> differences =
          schemas.computeIfAbsent(reference, this::schema).validate(JSON.readTree(body));
      require(differences.isEmpty(), where + " differs: " + differences + " in " + body);
    } catch (IOException e) {
      throw new AssertionError(where + " is no JSON: " + body, e);
    }
  }

  private JsonSchema schema(String reference) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$ref", reference);
    root.set("components", document.path("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
  }

  /// An address is described by the template with the same parts; one without a parameter first.
  private Optional<JsonNode> operation(String method, String path) {
    return templates(path)
        .map(template -> document.path("paths").path(template).path(lower(method)))
        .filter(operation -> !operation.isMissingNode())
        .findFirst();
  }

  private Stream<String> templates(String path) {
    return templates().stream()
        .filter(template -> isOf(template, path))
        .sorted(Comparator.comparing(template -> template.contains("{")));
  }

  private static String lower(String method) {
    return method.toLowerCase(Locale.ROOT);
  }

  private static boolean isOf(String template, String path) {
    String[] parts = template.split("/", -1);
    String[] given = path.split("/", -1);
    return parts.length == given.length
        && IntStream.range(0, parts.length)
            .allMatch(i -> parts[i].startsWith("{") || parts[i].equals(given[i]));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
