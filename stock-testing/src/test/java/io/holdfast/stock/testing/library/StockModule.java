package io.holdfast.stock.testing.library;

import io.holdfast.stock.StockEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The engine's module, as it was built.
final class StockModule {
  static final String NAME = "io.holdfast.stock";

  private StockModule() {}

  /// Where it is: a folder of classes or a jar.
  static Path place() {
    try {
      return Path.of(StockEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static ModuleDescriptor descriptor() {
    return reference().descriptor();
  }

  private static ModuleReference reference() {
    return ModuleFinder.of(place()).find(NAME).orElseThrow();
  }

  /// Every type that those outside of the module can name.
  static List<Class<?>> publicTypes() {
    Set<String> exported =
        descriptor().exports().stream()
            .filter(export -> !export.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    try (ModuleReader reader = reference().open()) {
      return reader
          .list()
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .filter(name -> exported.contains(name.substring(0, Math.max(0, name.lastIndexOf('.')))))
          .<Class<?>>map(StockModule::load)
          .filter(StockModule::isPublic)
          .sorted(Comparator.comparing(Class::getName))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, StockEngine.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return type.accessFlags().contains(java.lang.reflect.AccessFlag.PUBLIC)
        && (outer == null || isPublic(outer));
  }
}
