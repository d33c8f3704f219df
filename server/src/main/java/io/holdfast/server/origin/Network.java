package io.holdfast.server.origin;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A network in CIDR notation, of IPv4 or of IPv6.
///
/// @param base its first address
/// @param prefixBits how many bits its addresses have in common
public record Network(InetAddress base, int prefixBits) {
  private static final Pattern FORM =
      Pattern.compile("((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)/(\\d{1,3})");

  public static Network parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("must be like 10.0.0.0/8 or 2001:db8::/32");
    }
    InetAddress base = address(form.group(1));
    int prefixBits = Integer.parseInt(form.group(2));
    byte[] bytes = base.getAddress();
    if (prefixBits > bytes.length * Byte.SIZE) {
      throw new IllegalArgumentException("has more than %d bits".formatted(bytes.length * 8));
    }
    for (int bit = prefixBits; bit < bytes.length * Byte.SIZE; bit++) {
      if (bit(bytes, bit)) {
        throw new IllegalArgumentException("has bits beyond its first " + prefixBits);
      }
    }
    return new Network(base, prefixBits);
  }

  /// As [#parse(String)], and says of which option it is.
  public static Network parse(String option, String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s %s %s".formatted(option, text, e.getMessage()), e);
    }
  }

  private static InetAddress address(String literal) {
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is no address", e);
    }
    if (address instanceof Inet4Address && literal.contains(":")) {
      throw new IllegalArgumentException("is one of IPv4: write it as such");
    }
    return address;
  }

  public boolean contains(InetAddress address) {
    byte[] own = base.getAddress();
    byte[] others = address.getAddress();
    if (own.length != others.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      if (bit(own, bit) != bit(others, bit)) {
        return false;
      }
    }
    return true;
  }

  /// Counted from the most significant one.
  private static boolean bit(byte[] bytes, int number) {
    return (bytes[number / Byte.SIZE] >> (Byte.SIZE - 1 - number % Byte.SIZE) & 1) == 1;
  }
}
