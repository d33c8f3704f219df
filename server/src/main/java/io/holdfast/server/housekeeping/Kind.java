package io.holdfast.server.housekeeping;

/// What there is that ends, in the order in which it goes: tokens before their session, lines
/// before their import. When one of a kind is over, the database's function `forget` knows.
enum Kind {
  REFRESH_TOKENS("refresh_tokens"),
  CONSOLE_SESSIONS("console_sessions"),
  SESSIONS("sessions"),
  INVITATIONS("invitations"),
  LOGIN_ATTEMPTS("login_attempts"),
  SIGNING_KEYS("signing_keys"),
  MACHINE_NONCES("machine_nonces"),
  RATE_BUCKETS("rate_buckets"),
  REQUEST_ANSWERS("request_answers"),
  EVENT_BATCHES("event_batches"),
  WEBHOOK_DELIVERIES("webhook_deliveries"),
  PAYMENT_EVENTS("payment_events"),
  IMPORT_LINES("import_lines"),
  IMPORT_ERRORS("import_errors"),
  IMPORTS("imports");

  private final String table;

  Kind(String table) {
    this.table = table;
  }

  String table() {
    return table;
  }
}
