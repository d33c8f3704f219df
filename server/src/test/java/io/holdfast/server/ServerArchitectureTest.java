package io.holdfast.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.holdfast.server", importOptions = DoNotIncludeTests.class)
class ServerArchitectureTest {

  @ArchTest
  static final ArchRule MODULES_HAVE_NO_CYCLES =
      slices()
          .matching("io.holdfast.server.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a module that needs its own user can't be understood or replaced alone");

  @ArchTest
  static final ArchRule MODULES_MEET_AT_THEIR_ROOTS =
      slices()
          .matching("io.holdfast.server.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
              com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                  "io.holdfast.server.*"))
          .because("what a module exports stands at its package root");

  @ArchTest
  static final ArchRule THE_DEMONSTRATION_CAN_BE_TAKEN_AWAY =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.holdfast.server.demo..", "io.holdfast.server.start..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.holdfast.server.demo..")
          .because("a node without a demonstration is the usual one");

  @ArchTest
  static final ArchRule ONLY_THE_START_OPENS_THINGS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.holdfast.server.start..", "io.holdfast.server.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.zaxxer..",
              "org.flywaydb..",
              "io.holdfast.postgres..",
              "io.holdfast.stock.redis..")
          .because("what is opened in one place is closed in one place");
}
