package io.holdfast.stock.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.holdfast.stock.store.SqlFault;
import java.sql.SQLException;

@AnalyzeClasses(
    packages = "io.holdfast.stock",
    importOptions = {ImportOption.DoNotIncludeTests.class, StockArchitectureTest.OnlyStock.class})
class StockArchitectureTest {
  static final class OnlyStock implements ImportOption {
    @Override
    public boolean includes(com.tngtech.archunit.core.importer.Location location) {
      return !location.contains("/testing/");
    }
  }

  @ArchTest
  static final ArchRule STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage("io.holdfast.stock..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "javax.sql", "org.jspecify..", "io.holdfast.stock..")
          .because("it is embedded in other people's services: Java and JDBC, nothing else");

  @ArchTest
  static final ArchRule DECIDING_IS_PURE =
      noClasses()
          .that()
          .resideInAPackage("..decide..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql",
              "javax.sql",
              "java.io",
              "java.net",
              "java.util.concurrent",
              "..store..",
              "..transaction..",
              "..control..")
          .because("the same view and command must give the same decision, anywhere");

  @ArchTest
  static final ArchRule DECIDING_READS_NO_CLOCK =
      noClasses()
          .that()
          .resideInAPackage("..decide..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .because("the time that decides is the database's, read after the last lock");

  @ArchTest
  static final ArchRule ONE_READER_OF_SQL_STATES =
      noClasses()
          .that()
          .doNotBelongToAnyOf(SqlFault.class)
          .should()
          .callMethod(SQLException.class, "getSQLState")
          .because("an SQLSTATE is read in one place");

  @ArchTest
  static final ArchRule NO_MESSAGES_ARE_READ =
      noClasses()
          .should()
          .callMethod(SQLException.class, "getMessage")
          .because("message texts change with language and version");
}
