package io.holdfast.server.account;

import io.holdfast.server.identity.DisplayName;
import java.util.List;

/// Somebody who wants to register.
record NewAccount(Username username, Email email, DisplayName name, Password password) {

  /// What their password must not be made of.
  List<String> names() {
    return List.of(username.text(), email.text(), name.text(), "holdfast");
  }
}
