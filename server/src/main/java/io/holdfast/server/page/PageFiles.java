package io.holdfast.server.page;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/// The files of a page, which are built in: `index.html` and what it loads. It loads nothing else,
/// has no script in itself, and sends to its own origin only.
public final class PageFiles {
  private static final String INDEX = "index.html";
  private static final Set<String> SHARED = Set.of("base.css", "icon.svg");
  private static final String OWN_FILES_ONLY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Class<?> owner;
  private final Set<String> own;

  /// @param owner a class that has the files in the folder `page` beside it
  /// @param own names of files that are this page's alone
  public PageFiles(Class<?> owner, Set<String> own) {
    this.owner = owner;
    this.own = Set.copyOf(own);
  }

  public Response index() {
    return answer(owner, "page/" + INDEX);
  }

  /// What the page loads; everything else is not there.
  public Response asset(String name) {
    if (SHARED.contains(name)) {
      return answer(PageFiles.class, name);
    }
    if (own.contains(name)) {
      return answer(owner, "page/" + name);
    }
    throw new NotFoundException();
  }

  private static Response answer(Class<?> place, String name) {
    return Response.ok(bytes(place, name), mediaType(name))
        .header("Content-Security-Policy", OWN_FILES_ONLY)
        .build();
  }

  private static String mediaType(String name) {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".html" -> "text/html;charset=UTF-8";
      case ".css" -> "text/css;charset=UTF-8";
      case ".js" -> "text/javascript;charset=UTF-8";
      case ".svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("no page has a file like " + name);
    };
  }

  private static byte[] bytes(Class<?> place, String name) {
    try (InputStream file = place.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the page's file " + name + " was not built in");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
