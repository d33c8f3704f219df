package io.holdfast.server.account;

import java.util.regex.Pattern;

/// An address for mail, as somebody gave it; whether mail arrives there is not known.
record Email(String text) {
  private static final int MAX_LENGTH = 254;
  private static final Pattern FORM =
      Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}.]+(\\.[^\\s@\\p{Cntrl}.]+)*");

  Email {
    if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("must be an address like name@example.org");
    }
  }
}
