package io.holdfast.server.description;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/// Adds to every operation the problems that it can answer with, its own (`x-problem-codes`) and
/// those of all; to everything under `/v1` that changes something the idempotency key (but
/// `x-without-key`); and to what has a version (`x-versioned`) its `ETag` and `If-Match`. What is
/// `x-open` needs no credential.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class CommonRules implements OASFilter {
  private static final String CODES = "x-problem-codes";
  private static final String VERSIONED = "x-versioned";
  private static final String OPEN = "x-open";
  private static final String WITHOUT_KEY = "x-without-key";
  private static final Set<PathItem.HttpMethod> CHANGES =
      Set.of(PathItem.HttpMethod.POST, PathItem.HttpMethod.PUT, PathItem.HttpMethod.PATCH);
  private static final Set<String> REQUESTS =
      Set.of(
          "NewItem",
          "ChangedItem",
          "NewReservation",
          "NewPurchase",
          "NewReceipt",
          "NewAdjustment",
          "NewCount",
          "NewTransfer",
          "NewSafetyStock",
          "NewCorrection",
          "NewAcknowledgement",
          "NewLines",
          "CommittedPart",
          "NewTime",
          "NewReturn",
          "NewOrder",
          "OrderTotal",
          "NewPayment",
          "NewFulfilment",
          "NewCancellation",
          "NewOrderReturn",
          "OrderUnits",
          "NewPaymentByMethod",
          "NewPaymentSettings",
          "NewNumberPattern",
          "NewEventSettings",
          "NewLocation",
          "NewPriority",
          "NewPolicy",
          "NewCommands",
          "ChangedUser",
          "NewRole",
          "ChangedRole",
          "NewKey",
          "NewWebhook",
          "ChangedWebhook",
          "NewWebhookSecret",
          "WebhookReplay",
          "NewSecret",
          "NewAccount",
          "NewLogin",
          "HeldRefreshToken",
          "NewPassword",
          "InvitedPassword",
          "WantedLine",
          "PlainBuyer",
          "NoMembers");

  @Override
  public void filterOpenAPI(OpenAPI document) {
    // Where a node listens, it says itself; the build can't know.
    document.setServers(List.of(OASFactory.createServer().url("/")));
    document.getComponents().getSchemas().forEach(CommonRules::completeSchema);
    document.getComponents().addSchema("Problem", ProblemSchema.problem());
    CommandSchemas.addTo(document.getComponents());
    document
        .getPaths()
        .getPathItems()
        .forEach((path, item) -> item.getOperations().forEach((m, o) -> complete(path, m, o)));
  }

  /// Requests may leave members out and have no others; answers always have all of theirs.
  private static void completeSchema(String name, Schema schema) {
    if (REQUESTS.contains(name)) {
      schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
    } else if (schema.getProperties() != null) {
      schema.setRequired(List.copyOf(schema.getProperties().keySet()));
    }
  }

  private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
    boolean isApi = path.startsWith("/v1/");
    boolean isChange = CHANGES.contains(method);
    boolean isOpen = takeExtension(operation, OPEN).isPresent() || !isApi;
    if (isOpen) {
      operation.setSecurity(List.of());
    }
    if (isApi && isChange && takeExtension(operation, WITHOUT_KEY).isEmpty()) {
      addParameter(operation, idempotencyKey());
      operation.getResponses().getAPIResponses().values().forEach(CommonRules::mayBeReplayed);
    }
    if (takeExtension(operation, VERSIONED).isPresent()) {
      operation.getResponses().getAPIResponses().values().forEach(CommonRules::tellsItsVersion);
      if (isChange && method != PathItem.HttpMethod.POST) {
        addParameter(operation, ifMatch());
      }
    }
    Set<ProblemCode> codes = own(operation);
    codes.addAll(ofAll(operation, isApi, isOpen, isChange));
    Map<Integer, List<ProblemCode>> byStatus =
        codes.stream()
            .collect(Collectors.groupingBy(ProblemCode::status, TreeMap::new, Collectors.toList()));
    byStatus.forEach((status, some) -> add(operation, Integer.toString(status), some));
  }

  private static void addParameter(Operation operation, Parameter parameter) {
    List<Parameter> parameters = new ArrayList<>();
    if (operation.getParameters() != null) {
      parameters.addAll(operation.getParameters());
    }
    parameters.add(parameter);
    operation.setParameters(parameters);
  }

  private static Set<ProblemCode> own(Operation operation) {
    Set<ProblemCode> codes = EnumSet.noneOf(ProblemCode.class);
    takeExtension(operation, CODES).stream()
        .flatMap(named -> Arrays.stream(named.split(" ")))
        .map(ProblemCode::ofCode)
        .forEach(codes::add);
    return codes;
  }

  /// What stands at the route for this class alone.
  private static Optional<String> takeExtension(Operation operation, String name) {
    Object value = operation.getExtensions() == null ? null : operation.getExtensions().get(name);
    if (value != null) {
      operation.removeExtension(name);
    }
    return Optional.ofNullable(value).map(Object::toString);
  }

  private static Set<ProblemCode> ofAll(
      Operation operation, boolean isApi, boolean isOpen, boolean isChange) {
    Set<ProblemCode> codes =
        EnumSet.of(
            ProblemCode.INTERNAL_ERROR,
            ProblemCode.ADDRESS_TOO_LONG,
            ProblemCode.HEADERS_TOO_LARGE);
    if (isApi) {
      codes.add(ProblemCode.NOT_ACCEPTABLE);
    }
    if (isApi && !isOpen) {
      codes.add(ProblemCode.UNAUTHORIZED);
      codes.add(ProblemCode.SIGNATURE_REFUSED);
      codes.add(ProblemCode.REQUEST_REPLAYED);
      codes.add(ProblemCode.FORBIDDEN);
      codes.add(ProblemCode.TENANT_SUSPENDED);
    }
    if (!isApi) {
      codes.add(ProblemCode.NOT_FOUND);
    }
    // A node that stops says so on every route.
    codes.add(ProblemCode.BUSY);
    codes.add(ProblemCode.RATE_LIMITED);
    codes.add(ProblemCode.TOO_MANY_AT_ONCE);
    if (!"ping".equals(operation.getOperationId())) {
      codes.add(ProblemCode.DATABASE_UNAVAILABLE);
    }
    if (isChange) {
      codes.add(ProblemCode.OUTCOME_UNKNOWN);
      codes.add(ProblemCode.FOREIGN_BROWSER_REQUEST);
      codes.add(ProblemCode.TOO_LARGE);
      codes.add(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
    // An address that says a parameter twice is refused everywhere.
    codes.add(ProblemCode.INVALID_REQUEST);
    return codes;
  }

  private static void add(Operation operation, String status, List<ProblemCode> codes) {
    APIResponse declared = operation.getResponses().getAPIResponse(status);
    if (declared != null) {
      return;
    }
    String names = codes.stream().map(c -> "`" + c.code() + "`").collect(Collectors.joining(", "));
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(names + ": " + codes.getFirst().title())
            .content(problemContent());
    if (status.equals("503") || status.equals("429")) {
      response.addHeader("Retry-After", header("seconds to wait", SchemaType.INTEGER));
    }
    operation.getResponses().addAPIResponse(status, response);
  }

  private static Content problemContent() {
    Schema reference = OASFactory.createSchema().ref("#/components/schemas/Problem");
    return OASFactory.createContent()
        .addMediaType(ProblemResponses.MEDIA_TYPE, OASFactory.createMediaType().schema(reference));
  }

  private static void mayBeReplayed(APIResponse response) {
    response.addHeader(
        "Idempotent-Replayed",
        header("`true`: this is the answer of an earlier request", SchemaType.STRING));
  }

  private static void tellsItsVersion(APIResponse response) {
    response.addHeader("ETag", header("the version, in quotes", SchemaType.STRING));
  }

  private static Header header(String description, SchemaType type) {
    return OASFactory.createHeader()
        .description(description)
        .schema(OASFactory.createSchema().addType(type));
  }

  private static Parameter idempotencyKey() {
    return OASFactory.createParameter()
        .name("Idempotency-Key")
        .in(Parameter.In.HEADER)
        .description(
            "Your own name for this request: repeating it with the same key has one effect and"
                + " gets the same answer")
        .schema(
            OASFactory.createSchema()
                .addType(SchemaType.STRING)
                .minLength(1)
                .maxLength(255)
                .pattern("^[\\x21-\\x7E]+$"));
  }

  private static Parameter ifMatch() {
    return OASFactory.createParameter()
        .name("If-Match")
        .in(Parameter.In.HEADER)
        .description("The `ETag` that you have seen: at another version nothing has any effect")
        .schema(OASFactory.createSchema().addType(SchemaType.STRING).pattern("^(\\*|\"\\d+\")$"));
  }
}
