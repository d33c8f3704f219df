package io.holdfast.proof;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.holdfast.proof",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule knowsTheServerByHttpOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.holdfast.stock..", "io.holdfast.server..")
          .because("a prover that shares code with what it judges shares its mistakes");

  @ArchTest
  static final ArchRule judgesWithoutLookingAround =
      noClasses()
          .that()
          .resideInAPackage("io.holdfast.proof.checker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "java.net..",
              "io.holdfast.proof.rows..",
              "io.holdfast.proof.http..",
              "io.holdfast.proof.node..")
          .because("the same evidence has to give the same verdict");
}
