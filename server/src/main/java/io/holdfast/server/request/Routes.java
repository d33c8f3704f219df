package io.holdfast.server.request;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Which methods an address knows, read off the resources that there are.
@Singleton
final class Routes {
  static final Set<String> READING = new TreeSet<>(Set.of("GET", "HEAD", "OPTIONS"));

  // Those that answer to any method by themselves.
  private static final List<String> FRAMEWORKS =
      List.of("/health", "/metrics", "/openapi", "/docs");
  private static final Pattern SLASHES = Pattern.compile("/+");
  private static final Pattern VARIABLES = Pattern.compile("\\{[^/]*}");
  private static final String VARIABLE = "{}";

  private final List<Route> routes;

  /// The addresses of one form.
  ///
  /// @param parts what is between the slashes; `{}` stands for anything
  private record Route(List<String> parts, Set<String> methods) {

    boolean isOf(List<String> given) {
      return parts.size() == given.size()
          && IntStream.range(0, parts.size())
              .allMatch(i -> parts.get(i).equals(VARIABLE) || parts.get(i).equals(given.get(i)));
    }

    long variables() {
      return parts.stream().filter(VARIABLE::equals).count();
    }
  }

  Routes(BeanManager beans) {
    Map<String, Set<String>> methods = new TreeMap<>();
    beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
        .map(Bean::getBeanClass)
        .forEach(type -> addMethods(type, methods));
    routes =
        methods.entrySet().stream()
            .map(route -> new Route(parts(route.getKey()), all(route.getValue())))
            .sorted(Comparator.comparingLong(Route::variables))
            .toList();
  }

  /// In the order of their names; none where there is nothing.
  Set<String> methods(String path) {
    if (isFrameworks(path)) {
      return READING;
    }
    List<String> given = parts(path);
    return routes.stream()
        .filter(route -> route.isOf(given))
        .map(Route::methods)
        .findFirst()
        .orElse(Set.of());
  }

  /// Whether it is an address of the framework itself. All of them are for reading.
  static boolean isFrameworks(String path) {
    return FRAMEWORKS.stream().anyMatch(path::startsWith);
  }

  private static void addMethods(Class<?> type, Map<String, Set<String>> methods) {
    Path root = type.getAnnotation(Path.class);
    if (root == null) {
      return;
    }
    for (Method method : type.getDeclaredMethods()) {
      for (Annotation annotation : method.getAnnotations()) {
        HttpMethod name = annotation.annotationType().getAnnotation(HttpMethod.class);
        if (name != null) {
          Path below = method.getAnnotation(Path.class);
          String form = form(root.value() + "/" + (below == null ? "" : below.value()));
          methods.computeIfAbsent(form, _ -> new TreeSet<>()).add(name.value());
        }
      }
    }
  }

  private static String form(String template) {
    String slashed = SLASHES.matcher("/" + template).replaceAll("/");
    String named =
        slashed.length() > 1 && slashed.endsWith("/")
            ? slashed.substring(0, slashed.length() - 1)
            : slashed;
    return VARIABLES.matcher(named).replaceAll(VARIABLE);
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1));
  }

  /// What can be read can be asked for without its body, too.
  private static Set<String> all(Set<String> declared) {
    Set<String> all = new TreeSet<>(declared);
    all.add(HttpMethod.OPTIONS);
    if (declared.contains(HttpMethod.GET)) {
      all.add(HttpMethod.HEAD);
    }
    return all;
  }
}
