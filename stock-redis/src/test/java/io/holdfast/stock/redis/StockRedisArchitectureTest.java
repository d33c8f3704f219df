package io.holdfast.stock.redis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.holdfast.stock.redis", importOptions = DoNotIncludeTests.class)
class StockRedisArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_WHAT_ANY_EMBEDDER_KNOWS =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.redisson..",
              "io.holdfast.stock",
              "io.holdfast.stock.redis")
          .because("a mutex can be written by anybody, against the engine's public API");

  @ArchTest
  static final ArchRule ONE_CLASS_TALKS_TO_THE_CLIENT =
      classes()
          .that()
          .doNotBelongToAnyOf(Redis.class)
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("org.redisson..")
          .because("the limit of every wait for Redis is kept in one place");
}
