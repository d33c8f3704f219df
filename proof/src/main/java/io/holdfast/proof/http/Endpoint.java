package io.holdfast.proof.http;

import java.net.URI;
import java.util.Locale;

/// Where a shop listens, as `http://host:port/base`.
public record Endpoint(boolean tls, String host, int port, String base) {

  public Endpoint {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("no such port: " + port);
    }
  }

  public static Endpoint loopback(int port) {
    return new Endpoint(false, "127.0.0.1", port, "");
  }

  public static Endpoint of(String url) {
    URI uri = URI.create(url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("not an http or https address: " + url);
    }
    boolean tls = scheme.equals("https");
    int port = uri.getPort() > 0 ? uri.getPort() : (tls ? 443 : 80);
    String path = uri.getPath() == null ? "" : uri.getPath();
    String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return new Endpoint(tls, uri.getHost(), port, base);
  }

  public String url() {
    return (tls ? "https" : "http") + "://" + host + ":" + port + base;
  }
}
