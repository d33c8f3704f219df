package io.holdfast.server.account;

import java.util.List;

/// Somebody who wants to register.
record NewAccount(Username username, Email email, PersonName name, Password password) {

  /// What their password must not be made of.
  List<String> names() {
    return List.of(username.text(), email.text(), name.text(), "holdfast");
  }
}
