package io.holdfast.stock.testing.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.ArchiveObserver;
import io.holdfast.stock.AuditObserver;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.Participant;
import io.holdfast.stock.StockMutex;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whatever the public API takes, it looks at before it does anything, and says what is missing.
class ArgumentsTest {
  /// Written by embedders: what they are given is the engine's.
  private static final Set<Class<?>> OF_EMBEDDERS =
      Set.of(
          ArchiveObserver.class,
          AuditObserver.class,
          EngineObserver.class,
          Participant.class,
          Participant.Turn.class,
          StockMutex.class);

  /// What Java itself promises of these is enough.
  private static final Set<String> OF_JAVA = Set.of("equals", "compareTo", "valueOf");

  private final Samples samples = new Samples();
  private final List<String> wrong = new ArrayList<>();
  private int tried;

  @AfterEach
  void close() {
    samples.close();
  }

  @Test
  void saysWhichArgumentIsMissing() {
    for (Executable executable : all()) {
      Parameter[] parameters = executable.getParameters();
      for (int i = 0; i < parameters.length; i++) {
        if (isRequired(parameters[i])) {
          tryWith(null, executable, i);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(tried > 130, "it tried " + tried);
  }

  @Test
  void saysWhichListHasAHole() {
    for (Executable executable : all()) {
      Parameter[] parameters = executable.getParameters();
      for (int i = 0; i < parameters.length; i++) {
        if (parameters[i].getType() == List.class) {
          tryWith(Collections.singletonList(null), executable, i);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(tried > 10, "it tried " + tried);
  }

  private static List<Executable> all() {
    return StockModule.publicTypes().stream()
        .filter(type -> !OF_EMBEDDERS.contains(type))
        .flatMap(
            type ->
                Stream.<Executable>concat(
                    Arrays.stream(type.getConstructors()),
                    Arrays.stream(type.getDeclaredMethods())))
        .filter(one -> Modifier.isPublic(one.getModifiers()) && !one.isSynthetic())
        .filter(one -> !OF_JAVA.contains(one.getName()))
        .toList();
  }

  private static boolean isRequired(Parameter parameter) {
    return !parameter.getType().isPrimitive()
        && !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private void tryWith(@Nullable Object bad, Executable executable, int index) {
    tried++;
    Parameter parameter = executable.getParameters()[index];
    Throwable thrown = thrown(executable, index, bad);
    String message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
    boolean isTold =
        thrown instanceof NullPointerException || thrown instanceof IllegalArgumentException;
    if (!isTold || words(executable, parameter).noneMatch(message::contains)) {
      wrong.add(executable + " with a bad " + parameter.getName() + ": " + thrown);
    }
  }

  /// The argument's name; of a value with one component, the value's own will do.
  private static Stream<String> words(Executable executable, Parameter parameter) {
    Stream<String> names = Stream.of(parameter.getName().replaceFirst("^new", ""));
    Stream<String> all =
        executable instanceof Constructor<?> && executable.getParameterCount() == 1
            ? Stream.concat(names, Stream.of(ownName(executable.getDeclaringClass())))
            : names;
    return all.map(name -> name.toLowerCase(Locale.ROOT));
  }

  private static String ownName(Class<?> value) {
    return value.getSimpleName().replaceFirst("Id$", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
  }

  private Throwable thrown(Executable executable, int index, @Nullable Object bad) {
    @Nullable Object[] arguments =
        Arrays.stream(executable.getGenericParameterTypes()).map(samples::of).toArray();
    arguments[index] = bad;
    try {
      switch (executable) {
        case Constructor<?> constructor -> constructor.newInstance(arguments);
        case Method method -> method.invoke(receiver(method), arguments);
      }
      return new AssertionError("nothing is thrown");
    } catch (InvocationTargetException e) {
      return e.getTargetException();
    } catch (InstantiationException | IllegalAccessException e) {
      return e;
    }
  }

  private @Nullable Object receiver(Method method) {
    return Modifier.isStatic(method.getModifiers()) ? null : samples.of(method.getDeclaringClass());
  }
}
