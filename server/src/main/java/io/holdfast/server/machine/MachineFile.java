package io.holdfast.server.machine;

import io.holdfast.server.identity.RoleName;
import io.holdfast.server.origin.Network;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the file of machines, a line each: key id, tenant, role, networks, secrets, with spaces
/// between them and commas within the last two. Everything that is wrong with it is found at once.
/// Nothing of a line is ever repeated in what is said about it, because it may be a secret in the
/// wrong place.
public final class MachineFile {
  private static final int FIELDS = 5;
  private static final int MAX_SECRETS = 2;
  private static final int MAX_NETWORKS = 64;
  private static final int MAX_MACHINES = 1_000;
  private static final Pattern SPACES = Pattern.compile("[ \\t]+");
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final List<MachineEntry> entries = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> keyIds = new HashSet<>();
  private final List<Secret> allSecrets = new ArrayList<>();
  private int line;

  private MachineFile() {}

  /// @throws IllegalArgumentException with a line for each thing that is wrong
  public static List<MachineEntry> parse(List<String> lines) {
    MachineFile file = new MachineFile();
    for (String text : lines) {
      file.line++;
      String entry = text.strip();
      if (!entry.isEmpty() && !entry.startsWith("#")) {
        file.read(SPACES.split(entry));
      }
    }
    if (file.entries.size() > MAX_MACHINES) {
      file.problems.add("there are more than " + MAX_MACHINES + " machines");
    }
    if (!file.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", file.problems));
    }
    return List.copyOf(file.entries);
  }

  private void read(String[] fields) {
    if (fields.length != FIELDS) {
      tell("must have a key id, a tenant, a role, networks and one or two secrets");
      return;
    }
    Optional<String> keyId = value("the key id", fields[0], this::keyId);
    Optional<String> tenant = value("the tenant", fields[1], MachineFile::slug);
    Optional<RoleName> role = value("the role", fields[2], RoleName::new);
    List<Network> networks = list("network", fields[3], MAX_NETWORKS, Network::parse);
    List<Secret> secrets = list("secret", fields[4], MAX_SECRETS, this::secret);
    if (keyId.isPresent() && tenant.isPresent() && role.isPresent()) {
      entries.add(new MachineEntry(line, keyId.get(), tenant.get(), role.get(), networks, secrets));
    }
  }

  private String keyId(String text) {
    if (!SignedRequest.KEY_ID_FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must have 1 to 63 letters, digits, dots, - and _, and begin with one of the first two");
    }
    if (!keyIds.add(text)) {
      throw new IllegalArgumentException("is that of another line");
    }
    return text;
  }

  private static String slug(String text) {
    if (!SLUG.matcher(text).matches()) {
      throw new IllegalArgumentException("must be the slug of one");
    }
    return text;
  }

  private Secret secret(String text) {
    Secret secret = Secret.parse(text);
    if (allSecrets.stream().anyMatch(secret::isSameAs)) {
      throw new IllegalArgumentException("is there already");
    }
    allSecrets.add(secret);
    return secret;
  }

  private <T> List<T> list(String what, String field, int max, Function<String, T> type) {
    String[] parts = field.split(",", -1);
    if (parts.length > max) {
      tell("has more than " + max + " " + what + "s");
      return List.of();
    }
    List<T> read = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      value(what + " " + (i + 1), parts[i], type).ifPresent(read::add);
    }
    return read;
  }

  private <T> Optional<T> value(String what, String text, Function<String, T> type) {
    try {
      return Optional.of(type.apply(text));
    } catch (IllegalArgumentException e) {
      tell(what + " " + e.getMessage());
      return Optional.empty();
    }
  }

  private void tell(String problem) {
    problems.add("line " + line + ": " + problem);
  }
}
