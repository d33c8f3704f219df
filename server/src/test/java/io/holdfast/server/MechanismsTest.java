package io.holdfast.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;

/// What an attacker would look for, and nothing here needs. A class that comes to need one has to
/// say so here, and how it keeps it from whoever sends requests.
@AnalyzeClasses(packages = "io.holdfast", importOptions = DoNotIncludeTests.class)
class MechanismsTest {

  @ArchTest
  static final ArchRule NOTHING_STARTS_A_PROCESS =
      serving("io.holdfast.postgres..", "io.holdfast.redis..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ProcessBuilder.class)
          .orShould()
          .callMethod(Runtime.class, "exec", String.class)
          .orShould()
          .callMethod(Runtime.class, "exec", String[].class)
          .because("only a cluster of its own is started, by words that no request says");

  @ArchTest
  static final ArchRule NOTHING_RUNS_WHAT_IT_WAS_SENT =
      serving()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.script..", "jakarta.el..", "javax.tools..")
          .because("what a request says is data");

  @ArchTest
  static final ArchRule NOTHING_IS_LOOKED_UP_BY_ITS_NAME =
      serving()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.naming..")
          .because("there is no directory to ask");

  @ArchTest
  static final ArchRule NO_XML_IS_READ =
      serving()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.xml..", "org.xml..", "org.w3c..", "jakarta.xml..")
          .because("JSON is the only thing that is read");

  @ArchTest
  static final ArchRule NO_OBJECTS_ARE_MADE_OF_BYTES =
      serving()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(java.io.ObjectInputStream.class, java.beans.XMLDecoder.class)
          .because("each body is read member by member");

  @ArchTest
  static final ArchRule NOTHING_CALLS_OUT =
      serving(
              "io.holdfast.server.oidc..",
              "io.holdfast.server.webhook..",
              "io.holdfast.server.payment..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              javax.net.SocketFactory.class,
              java.net.URL.class,
              java.net.URLConnection.class,
              java.nio.channels.SocketChannel.class,
              io.vertx.core.http.HttpClient.class,
              io.vertx.core.net.NetClient.class)
          .because(
              "a node talks to its database, to the Redis that it was given, to providers of"
                  + " identities and of payments, and to where webhooks lead, and to nobody else");

  @ArchTest
  static final ArchRule NOTHING_TOUCHES_MEMORY_BY_ITSELF =
      serving()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("sun.misc..", "jdk.internal..", "java.lang.foreign..")
          .because("the language keeps every access within its bounds");

  @ArchTest
  static final ArchRule NOTHING_IS_ENCRYPTED_BY_HAND =
      serving()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(javax.crypto.Cipher.class, javax.crypto.KeyGenerator.class)
          .because("what must stay secret is kept as a digest; what travels is TLS's");

  // The name of a request is no secret; the engine's pauses before it tries again are none, either.
  @ArchTest
  static final ArchRule SECRETS_ARE_DRAWN_BY_THE_SECURE_GENERATOR =
      serving("io.holdfast.server.origin..", "io.holdfast.stock..", "io.holdfast.server.demo..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.util.Random.class,
              java.util.SplittableRandom.class,
              java.util.concurrent.ThreadLocalRandom.class)
          .because("whoever sees some of their numbers knows the others");

  /// What is part of a node that serves: the bench and the programs for tests are not.
  private static GivenClassesConjunction serving(String... but) {
    String[] outside = new String[but.length + 3];
    System.arraycopy(but, 0, outside, 0, but.length);
    outside[but.length] = "io.holdfast.server.bench..";
    outside[but.length + 1] = "io.holdfast.stock.testing..";
    outside[but.length + 2] = "io.holdfast.redis..";
    return noClasses().that().resideOutsideOfPackages(outside);
  }
}
