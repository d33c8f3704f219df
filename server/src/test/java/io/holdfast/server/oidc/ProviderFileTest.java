package io.holdfast.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.server.account.Newcomers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderFileTest {
  private static final String SECRET = "Zm9yIGEgdGVzdCBhbG9uZQ==";

  @Test
  void readsASectionForEachProvider() {
    List<ProviderEntry> entries =
        ProviderFile.parse(
            """
            # the shop's own
            [toy-shop]
            name = Example ID
            issuer = https://id.example.org/realms/toys/
            client-id = holdfast
            client-secret = %1$s
            link = verified-email
            create = customer

            [sweets]
              name=Süßes
              issuer=http://localhost:8080
              client-id=a b
              client-secret=%1$s
            """
                .formatted(SECRET)
                .lines()
                .toList());
    ProviderEntry toys = entries.getFirst();
    assertEquals(2, toys.line());
    assertEquals("toy-shop", toys.tenantSlug());
    assertEquals("Example ID", toys.name());
    assertEquals("https://id.example.org/realms/toys/", toys.issuer());
    assertEquals(
        "https://id.example.org/realms/toys/.well-known/openid-configuration",
        toys.document().toString());
    assertEquals(SECRET, toys.clientSecret().text());
    assertEquals(new Newcomers(true, Newcomers.Account.CUSTOMER), toys.newcomers());
    ProviderEntry sweets = entries.getLast();
    assertEquals("Süßes", sweets.name());
    assertEquals("a b", sweets.clientId());
    assertEquals(new Newcomers(false, Newcomers.Account.NONE), sweets.newcomers());
    assertFalse(entries.toString().contains(SECRET));
  }

  @Test
  void tellsAllThatIsWrongAndNothingOfWhatStandsThere() {
    List<String> lines =
        """
        name = too early
        [toy-shop]
        name = Example ID
        name = Another
        issuer = http://id.example.org
        client-id = holdfast
        clientsecret = %1$s
        %1$s
        link = email
        create = owner
        [Toy Shop]
        name =
        issuer = https://id.example.org/?x=%1$s
        client-id = ü
        client-secret = secretsecretsecret
        [sweets]
        name = Sweets
        issuer = https://user@id.example.org
        client-id = holdfast
        client-secret = short
        [sweets]
        name = Sweets
        issuer = https://id.example.org
        client-id = holdfast
        client-secret = %1$s
        """
            .formatted(SECRET)
            .lines()
            .toList();
    String told =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> ProviderFile.parse(lines))
                .getMessage());
    assertEquals(
        """
        line 1: must be in the section of a tenant
        line 4: name is there already
        line 7: the key must be one of name, issuer, client-id, client-secret, link, create
        line 8: the key must be one of name, issuer, client-id, client-secret, link, create
        line 5: issuer must be https://..., or http://localhost...
        line 2: client-secret is missing
        line 9: link must be verified-email
        line 10: create must be customer or without-role
        line 11: the tenant must be the slug of one
        line 12: name must have 1 to 60 characters
        line 13: issuer must have no query
        line 14: client-id must have 1 to 512 characters of ASCII
        line 15: client-secret is not random: take the one that the provider shows
        line 18: issuer must have neither a user nor a fragment
        line 20: client-secret must have 16 to 512 visible characters of ASCII
        line 21: the tenant has a provider already""",
        told);
    assertFalse(told.contains(SECRET));
  }

  @Test
  void aFileOfNoProviderIsAMistake() {
    assertThrows(
        IllegalArgumentException.class, () -> ProviderFile.parse(List.of("# none", "", " ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://shop.example.org",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "ftp://shop.example.org",
        "shop.example.org",
        "//shop.example.org",
        "https:///shop",
        "https://shop.example.org/console",
        "https://shop.example.org?x=1",
        "https://shop.example.org/#x",
        "https://me@shop.example.org",
        "https://sh op.example.org",
        "https://shop.example.org:65536",
        ""
      })
  void peopleAreSentBackToAHostByTlsAlone(String url) {
    assertThrows(IllegalArgumentException.class, () -> PublicAddress.parse(url));
  }

  @Test
  void theAddressThatPeopleAreSentBackToIsTheTenants() {
    assertEquals(
        "https://shop.example.org:8443/console/oidc/toy-shop/callback",
        PublicAddress.parse("https://shop.example.org:8443/").redirectUri("toy-shop"));
    assertEquals(
        "http://[::1]:8000/console/oidc/sweets/callback",
        PublicAddress.parse("http://[::1]:8000").redirectUri("sweets"));
  }
}
