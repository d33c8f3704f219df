package io.holdfast.server.description;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/// The head of the OpenAPI document.
@OpenAPIDefinition(
    info =
        @Info(
            title = "Holdfast",
            version = "1",
            description =
                "Stock that is never oversold. Quantities are whole numbers, instants RFC 3339 in"
                    + " UTC, errors `application/problem+json` with a stable `code`. Repeat a POST"
                    + " with the same `Idempotency-Key` until you have an answer: it has one"
                    + " effect. Each answer names its request in `X-Request-Id`: as the request"
                    + " did, with up to 64 letters, digits and `.`, `_`, `-`, or with a new name."),
    security = {
      @SecurityRequirement(name = "key"),
      @SecurityRequirement(name = "signature"),
      @SecurityRequirement(name = "session")
    })
@SecurityScheme(
    securitySchemeName = "key",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "A key of a tenant, `hf_...`")
@SecurityScheme(
    securitySchemeName = "signature",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.HEADER,
    apiKeyName = "Holdfast-Signature",
    description =
        "`v1=` and the HMAC-SHA256 of a machine, over this request alone. It goes with"
            + " `Holdfast-Key-Id`, `Holdfast-Timestamp`, `Holdfast-Nonce` and"
            + " `Holdfast-Content-Digest`, and without `Authorization`")
@SecurityScheme(
    securitySchemeName = "session",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.COOKIE,
    apiKeyName = "__Host-holdfast",
    description =
        "The cookie of a session of the console (`holdfast` where a node serves this machine alone"
            + " and without TLS). What changes something says the session's token as"
            + " `X-CSRF-Token`")
public final class Api extends Application {}
