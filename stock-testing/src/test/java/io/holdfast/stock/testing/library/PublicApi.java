package io.holdfast.stock.testing.library;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What those who embed the engine can write against, a line for each type and each member: names
/// without their packages, nullness included, what a record or an enum has by itself left out.
final class PublicApi {
  private static final Pattern PACKAGE = Pattern.compile("((?:[a-z]\\w*\\.)+)(?=[@A-Z])");
  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");
  private static final Set<String> OF_EVERY_ENUM = Set.of("values", "valueOf");

  private final Set<String> lines = new TreeSet<>();
  private final Set<String> packages = new TreeSet<>();

  private PublicApi() {}

  static PublicApi read() {
    PublicApi api = new PublicApi();
    StockModule.publicTypes().forEach(api::add);
    return api;
  }

  Set<String> lines() {
    return Collections.unmodifiableSet(lines);
  }

  /// Those from which a type is named.
  Set<String> packages() {
    return Collections.unmodifiableSet(packages);
  }

  private void add(Class<?> type) {
    add(type, kind(type) + typeParameters(type) + supertypes(type));
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        add(type, "permits " + name(permitted));
      }
    }
    Arrays.stream(type.getDeclaredFields())
        .filter(field -> isVisible(field.getModifiers()))
        .forEach(field -> add(type, field(field)));
    Arrays.stream(type.getDeclaredConstructors())
        .filter(constructor -> isVisible(constructor.getModifiers()))
        .filter(constructor -> !isByItself(type, constructor))
        .forEach(constructor -> add(type, "new" + arguments(constructor)));
    Arrays.stream(type.getDeclaredMethods())
        .filter(method -> isVisible(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> !isByItself(type, method))
        .forEach(method -> add(type, method(method)));
  }

  private void add(Class<?> type, String what) {
    lines.add(name(type) + ": " + what);
  }

  /// A type's name as it stands in source that imports it.
  static String name(Class<?> type) {
    return plain(type.getName());
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static boolean isByItself(Class<?> type, Constructor<?> constructor) {
    return type.isRecord()
        && Arrays.equals(
            constructor.getParameterTypes(),
            Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray());
  }

  private static boolean isByItself(Class<?> type, Method method) {
    String name = method.getName();
    return OF_EVERY_OBJECT.contains(name)
        || (type.isEnum() && OF_EVERY_ENUM.contains(name))
        || (type.isRecord() && method.getParameterCount() == 0 && isComponent(type, name));
  }

  private static boolean isComponent(Class<?> type, String name) {
    return Arrays.stream(type.getRecordComponents()).anyMatch(c -> c.getName().equals(name));
  }

  private String kind(Class<?> type) {
    if (type.isRecord()) {
      return "record ("
          + joined(
              type.getRecordComponents(), c -> of(c.getAnnotatedType()) + " " + c.getName(), ", ")
          + ")";
    }
    if (type.isEnum()) {
      return "enum";
    }
    String modifier =
        type.isSealed() ? "sealed " : Modifier.isFinal(type.getModifiers()) ? "final " : "";
    return modifier + (type.isInterface() ? "interface" : "class");
  }

  private String typeParameters(Class<?> type) {
    String parameters = joined(type.getTypeParameters(), this::typeParameter, ", ");
    return parameters.isEmpty() ? "" : " <" + parameters + ">";
  }

  private String typeParameter(TypeVariable<?> parameter) {
    return parameter.getName()
        + " extends "
        + joined(parameter.getAnnotatedBounds(), this::of, "&");
  }

  private String supertypes(Class<?> type) {
    List<AnnotatedType> all = new ArrayList<>();
    if (!type.isRecord() && !type.isEnum() && !type.isInterface()) {
      all.add(type.getAnnotatedSuperclass());
    }
    Collections.addAll(all, type.getAnnotatedInterfaces());
    all.removeIf(one -> one.getType() == Object.class);
    return all.isEmpty()
        ? ""
        : " extends " + joined(all.toArray(AnnotatedType[]::new), this::of, ", ");
  }

  private String field(Field field) {
    return field.isEnumConstant()
        ? "constant " + field.getName()
        : "static " + of(field.getAnnotatedType()) + " " + field.getName() + value(field);
  }

  /// A number is compiled into whoever uses it.
  private static String value(Field field) {
    try {
      return field.getType().isPrimitive() ? " = " + field.get(null) : "";
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private String method(Method method) {
    String modifiers =
        Modifier.toString(method.getModifiers() & (Modifier.STATIC | Modifier.ABSTRACT));
    String how = method.isDefault() ? "default" : modifiers;
    return (how.isEmpty() ? "" : how + " ")
        + of(method.getAnnotatedReturnType())
        + " "
        + method.getName()
        + arguments(method);
  }

  private String arguments(Executable executable) {
    String thrown = joined(executable.getAnnotatedExceptionTypes(), this::of, ", ");
    return "("
        + joined(executable.getAnnotatedParameterTypes(), this::of, ", ")
        + ")"
        + (thrown.isEmpty() ? "" : " throws " + thrown);
  }

  private String of(AnnotatedType type) {
    String name = type.toString().replace("@org.jspecify.annotations.Nullable() ", "@Nullable ");
    PACKAGE.matcher(name).results().map(found -> found.group(1)).forEach(packages::add);
    return plain(name);
  }

  private static String plain(String name) {
    return PACKAGE.matcher(name).replaceAll("").replace('$', '.');
  }

  private static <T> String joined(T[] all, Function<? super T, String> form, String separator) {
    return Arrays.stream(all).map(form).collect(Collectors.joining(separator));
  }
}
