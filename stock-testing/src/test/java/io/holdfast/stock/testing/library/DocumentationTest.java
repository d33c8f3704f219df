package io.holdfast.stock.testing.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Everything in the public API says what it is. (That what it says is well formed, the compiler
/// checks. A record speaks for its components, and an overridden method for those that override
/// it.)
class DocumentationTest {
  private static final Path SOURCES =
      Path.of("..", "stock", "src", "main", "java", "io", "holdfast", "stock");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern LINK =
      Pattern.compile("\\[([\\w.]*)(?:#(\\w+))?(?:\\(\\))?](?!\\()");

  /// The documentation of each type and member that others see, empty where there is none.
  private final Map<String, String> documented = new TreeMap<>();

  DocumentationTest() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> files = Files.list(SOURCES);
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
      Reading reading = new Reading(DocTrees.instance(task));
      for (CompilationUnitTree file : task.parse()) {
        reading.scan(file, null);
      }
    }
  }

  private final class Reading extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final DocTrees docs;

    Reading(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      if (isPublic(type.getModifiers())) {
        add(type.getSimpleName().toString());
        return super.visitClass(type, null);
      }
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      if (isPublic(method.getModifiers()) && !overrides && !isCompact(method)) {
        add(method.getName() + "()");
      }
      return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree field, @Nullable Void nothing) {
      if (isPublic(field.getModifiers())) {
        add(field.getName().toString());
      }
      return null;
    }

    private void add(String name) {
      String doc = docs.getDocComment(getCurrentPath());
      documented.put(typeName() + " " + name, doc == null ? "" : doc);
    }

    private String typeName() {
      List<String> names = new ArrayList<>();
      for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
        if (path.getLeaf() instanceof ClassTree type) {
          names.addFirst(type.getSimpleName().toString());
        }
      }
      return String.join(".", names);
    }

    /// What is in an interface is public without saying so.
    private boolean isPublic(ModifiersTree modifiers) {
      TreePath parent = getCurrentPath().getParentPath();
      boolean isInInterface =
          parent.getLeaf().getKind() == Tree.Kind.INTERFACE
              && !modifiers.getFlags().contains(Modifier.PRIVATE);
      return isInInterface || modifiers.getFlags().contains(Modifier.PUBLIC);
    }

    /// A record's constructor that only checks.
    private boolean isCompact(MethodTree method) {
      return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD
          && method.getName().contentEquals("<init>");
    }
  }

  @Test
  void everythingPublicSaysWhatItIs() {
    assertTrue(documented.size() > 150, documented::toString);
    List<String> silent =
        documented.entrySet().stream()
            .filter(entry -> entry.getValue().isBlank())
            .map(Map.Entry::getKey)
            .toList();
    assertEquals(List.of(), silent, "give it a line that begins with ///");
  }

  /// A link that leads nowhere is plain text to every tool.
  @Test
  void everyLinkLeadsToSomethingPublic() {
    Map<String, Class<?>> types =
        StockModule.publicTypes().stream()
            .collect(Collectors.toMap(PublicApi::name, Function.identity()));
    List<String> broken = new ArrayList<>();
    documented.forEach(
        (where, doc) ->
            LINK.matcher(CODE.matcher(doc).replaceAll(""))
                .results()
                .filter(link -> !leads(link, where, types))
                .forEach(link -> broken.add(where + " says " + link.group())));
    assertEquals(List.of(), broken);
  }

  private static boolean leads(MatchResult link, String where, Map<String, Class<?>> types) {
    String named = link.group(1).replace(StockModule.NAME + ".", "");
    String member = link.group(2);
    String scope = where.substring(0, where.indexOf(' '));
    if (named.isEmpty()) {
      return has(Objects.requireNonNull(types.get(scope)), member);
    }
    while (!scope.isEmpty() && !types.containsKey(scope + "." + named)) {
      scope = scope.substring(0, Math.max(0, scope.lastIndexOf('.')));
    }
    Class<?> type = types.get(scope.isEmpty() ? named : scope + "." + named);
    return type != null && (member == null || has(type, member));
  }

  private static boolean has(Class<?> type, String member) {
    return Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getFields()))
        .anyMatch(one -> one.getName().equals(member));
  }
}
