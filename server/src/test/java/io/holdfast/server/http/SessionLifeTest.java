package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.server.http.People.Tokens;
import org.junit.jupiter.api.Test;

/// What ends by itself, and what does not. The clock that decides is the database's, so the rows
/// are made older.
class SessionLifeTest {
  private final People people = new People("sweet-shop");

  @Test
  void aSessionThatNobodyGoesOnWithEnds() {
    Tokens tokens = people.loggedIn(people.registered());
    older("refresh_tokens", "t.token_hash = sha256(convert_to(?, 'UTF8'))", tokens.refresh());
    assertEquals("token_refused", people.refresh(tokens.refresh()).code());
  }

  @Test
  void aSessionEndsHoweverOftenItIsGoneOnWith() {
    String name = people.registered();
    Tokens tokens = Tokens.of(people.refresh(people.loggedIn(name).refresh()));
    older("sessions", "t.user_id = (SELECT user_id FROM holdfast.users WHERE username = ?)", name);
    assertEquals("token_refused", people.refresh(tokens.refresh()).code());
    assertEquals(401, tokens.shop().get("/v1/account").status());
  }

  @Test
  void anInvitationIsNotGoodForEver() {
    String name = people.registered();
    Shop owner = TestNode.shared().tenant("sweet-shop");
    String token =
        owner
            .post("/v1/users/" + People.id(owner, name) + "/invitations", "")
            .body()
            .path("token")
            .asText();
    older("invitations", "t.token_hash = sha256(convert_to(?, 'UTF8'))", token);
    assertEquals("token_refused", people.reset(token, "7 other cats, no keyboard").code());
    assertEquals(200, people.login(name, People.PASSWORD).status());
  }

  @Test
  void aPasswordIsGoodUntilItIsChanged() {
    String name = people.registered();
    int changed =
        people.asOwner(
            """
            UPDATE holdfast.user_passwords SET changed_at = changed_at - interval '10 years'
            WHERE user_id = (SELECT user_id FROM holdfast.users WHERE username = ?)
            """,
            name);
    assertEquals(1, changed);
    assertEquals(200, people.login(name, People.PASSWORD).status());
  }

  private void older(String table, String which, String value) {
    int changed =
        people.asOwner(
            "UPDATE holdfast.%s t SET expires_at = clock_timestamp() WHERE %s"
                .formatted(table, which),
            value);
    assertEquals(1, changed, table);
  }
}
