package io.holdfast.server.json;

/// Something in a request is not as it must be; `member` names the place, like `lines[0].quantity`,
/// and is empty for the body as a whole.
public final class InvalidMember extends RuntimeException {
  private static final int MAX_ECHO = 200;

  private final String member;

  public InvalidMember(String member, String message) {
    super(message, null, false, false);
    this.member = member.length() > MAX_ECHO ? member.substring(0, MAX_ECHO) : member;
  }

  public String member() {
    return member;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
