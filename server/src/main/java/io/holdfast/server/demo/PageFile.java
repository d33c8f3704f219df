package io.holdfast.server.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/// The files of the newcomer's page.
enum PageFile {
  INDEX("index.html", "text/html;charset=UTF-8"),
  STYLE("page.css", "text/css;charset=UTF-8"),
  SCRIPT("page.js", "text/javascript;charset=UTF-8"),
  CHART("chart.js", "text/javascript;charset=UTF-8"),
  ICON("icon.svg", "image/svg+xml");

  private final String fileName;
  private final String mediaType;

  PageFile(String fileName, String mediaType) {
    this.fileName = fileName;
    this.mediaType = mediaType;
  }

  static Optional<PageFile> ofAsset(String name) {
    return Arrays.stream(values())
        .filter(file -> file != INDEX && file.fileName.equals(name))
        .findFirst();
  }

  String mediaType() {
    return mediaType;
  }

  byte[] bytes() {
    try (InputStream file = PageFile.class.getResourceAsStream("page/" + fileName)) {
      if (file == null) {
        throw new IllegalStateException("the page's file " + fileName + " was not built in");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
