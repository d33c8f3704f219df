package io.holdfast.server.oidc;

import io.holdfast.server.account.Newcomers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the file of providers: a section `[tenant]` for each, and in it lines `key = value`.
/// Everything that is wrong with it is found at once. No value is ever repeated in what is said
/// about it, because it may be a secret in the wrong place.
public final class ProviderFile {
  private static final int MAX_PROVIDERS = 1_000;
  private static final List<String> KEYS =
      List.of("name", "issuer", "client-id", "client-secret", "link", "create");
  private static final Pattern SECTION = Pattern.compile("\\[(.*)]");
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,60}");
  private static final Pattern CLIENT_ID = Pattern.compile("[\\x20-\\x7e]{1,512}");

  private final List<ProviderEntry> entries = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> tenants = new HashSet<>();
  private int line;
  private @Nullable Section section;

  /// The lines of one provider.
  private record Section(int line, String tenant, Map<String, Value> values) {}

  private record Value(int line, String text) {}

  private ProviderFile() {}

  /// @throws IllegalArgumentException with a line for each thing that is wrong
  public static List<ProviderEntry> parse(List<String> lines) {
    ProviderFile file = new ProviderFile();
    for (String text : lines) {
      file.line++;
      String entry = text.strip();
      if (!entry.isEmpty() && !entry.startsWith("#")) {
        file.read(entry);
      }
    }
    file.end();
    if (file.entries.isEmpty() && file.problems.isEmpty()) {
      file.problems.add("there is no provider");
    }
    if (file.entries.size() > MAX_PROVIDERS) {
      file.problems.add("there are more than " + MAX_PROVIDERS + " providers");
    }
    if (!file.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", file.problems));
    }
    return List.copyOf(file.entries);
  }

  private void read(String entry) {
    Matcher begin = SECTION.matcher(entry);
    int equals = entry.indexOf('=');
    if (begin.matches()) {
      end();
      section = new Section(line, begin.group(1).strip(), new LinkedHashMap<>());
    } else if (equals < 0) {
      tell(line, "must be [tenant] or key = value");
    } else {
      read(entry.substring(0, equals).strip(), entry.substring(equals + 1).strip());
    }
  }

  private void read(String key, String value) {
    Section current = section;
    if (current == null) {
      tell(line, "must be in the section of a tenant");
    } else if (!KEYS.contains(key)) {
      tell(line, "the key must be one of " + String.join(", ", KEYS));
    } else if (current.values.put(key, new Value(line, value)) != null) {
      tell(line, key + " is there already");
    }
  }

  /// Makes a provider of the section that is over.
  private void end() {
    Section ended = section;
    section = null;
    if (ended == null) {
      return;
    }
    if (!SLUG.matcher(ended.tenant).matches()) {
      tell(ended.line, "the tenant must be the slug of one");
    } else if (!tenants.add(ended.tenant)) {
      tell(ended.line, "the tenant has a provider already");
    }
    Optional<String> name = needed(ended, "name", ProviderFile::name);
    Optional<String> issuer = needed(ended, "issuer", ProviderFile::issuer);
    Optional<String> clientId = needed(ended, "client-id", ProviderFile::clientId);
    Optional<ClientSecret> secret = needed(ended, "client-secret", ClientSecret::new);
    boolean isLinked = optional(ended, "link", ProviderFile::link).isPresent();
    Newcomers.Account made =
        optional(ended, "create", ProviderFile::create).orElse(Newcomers.Account.NONE);
    if (name.isPresent() && issuer.isPresent() && clientId.isPresent() && secret.isPresent()) {
      entries.add(
          new ProviderEntry(
              ended.line,
              ended.tenant,
              name.get(),
              issuer.get(),
              clientId.get(),
              secret.get(),
              new Newcomers(isLinked, made)));
    }
  }

  private <T> Optional<T> needed(Section ended, String key, Function<String, T> type) {
    if (!ended.values.containsKey(key)) {
      tell(ended.line, key + " is missing");
    }
    return optional(ended, key, type);
  }

  private <T> Optional<T> optional(Section ended, String key, Function<String, T> type) {
    Value value = ended.values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(type.apply(value.text));
    } catch (IllegalArgumentException e) {
      tell(value.line, key + " " + e.getMessage());
      return Optional.empty();
    }
  }

  private static String name(String text) {
    return formed(NAME, text, "must have 1 to 60 characters");
  }

  /// Kept to the letter, as it is compared.
  private static String issuer(String text) {
    if (TrustedAddress.parse(text).getRawQuery() != null) {
      throw new IllegalArgumentException("must have no query");
    }
    return text;
  }

  private static String clientId(String text) {
    return formed(CLIENT_ID, text, "must have 1 to 512 characters of ASCII");
  }

  private static String link(String text) {
    return formed(Pattern.compile("verified-email"), text, "must be verified-email");
  }

  private static Newcomers.Account create(String text) {
    return switch (text) {
      case "customer" -> Newcomers.Account.CUSTOMER;
      case "without-role" -> Newcomers.Account.WITHOUT_ROLE;
      default -> throw new IllegalArgumentException("must be customer or without-role");
    };
  }

  private static String formed(Pattern form, String text, String problem) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(problem);
    }
    return text;
  }

  private void tell(int where, String problem) {
    problems.add("line " + where + ": " + problem);
  }
}
