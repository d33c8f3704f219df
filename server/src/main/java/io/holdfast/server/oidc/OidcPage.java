package io.holdfast.server.oidc;

import io.holdfast.server.problem.Problem;
import jakarta.ws.rs.core.Response;

/// What a person sees whose login went wrong: the problem in words, and the way back.
final class OidcPage {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";
  private static final String RETRY_AFTER_SECONDS = "5";

  private OidcPage() {}

  static Response of(Problem problem) {
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type("text/html;charset=UTF-8")
            .header("Content-Security-Policy", POLICY)
            .entity(page(problem));
    return (problem.status() == 503
            ? response.header("Retry-After", RETRY_AFTER_SECONDS)
            : response)
        .build();
  }

  private static String page(Problem problem) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>Holdfast · %1$s</title>
          <link rel="icon" href="/console/icon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="/console/base.css">
        </head>
        <body>
          <header class="top"><a class="brand" href="/console">Holdfast</a></header>
          <main>
            <h1>%1$s</h1>
            <p>%2$s</p>
            <p><a href="/console">Back to the console</a> · <code>%3$s</code></p>
          </main>
        </body>
        </html>
        """
        .formatted(escaped(problem.title()), escaped(problem.detail()), problem.code());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
