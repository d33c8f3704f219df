package io.holdfast.server.account;

import io.holdfast.server.account.Users.Account;
import io.holdfast.server.identity.DisplayName;
import io.holdfast.server.identity.Role;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Gives people an account whom a provider of identities vouches for the first time: the one that
/// has their address, or a new one, or none, as the operator has chosen.
///
/// Whoever registers says what address they have, and nobody asks whether it is theirs. So an
/// account that is linked by its address loses its password and its sessions: whoever made it may
/// have waited for just that. The new password is one that nobody knows, like that of a new
/// account; who has lost the provider can be given an invitation to set another.
@Singleton
final class Admissions {
  private static final int NAME_BYTES = 6;

  private final TenantScope tenants;
  private final PasswordHashes hashes;
  private final AccountTrail trail;
  private final SecureRandom randomness = new SecureRandom();

  Admissions(TenantScope tenants, PasswordHashes hashes, AccountTrail trail) {
    this.tenants = tenants;
    this.hashes = hashes;
    this.trail = trail;
  }

  /// Does nothing for somebody who has an account.
  void admit(TenantId tenant, VouchedPerson person, Newcomers newcomers) {
    if (tenants.inTransaction(
        tenant, handle -> OidcIdentities.user(handle, tenant, person).isPresent())) {
      return;
    }
    boolean isLinkable = newcomers.areLinked() && person.isEmailVerified();
    if (!isLinkable && newcomers.made() == Newcomers.Account.NONE) {
      throw unknown();
    }
    String hash = hashes.of(Password.random(randomness));
    tenants.inTransaction(
        tenant,
        handle -> {
          OidcIdentities.lockNewcomers(handle, tenant);
          if (OidcIdentities.user(handle, tenant, person).isEmpty()) {
            Optional<Account> theirs =
                isLinkable ? linkable(handle, tenant, person) : Optional.empty();
            if (theirs.isPresent()) {
              link(handle, tenant, theirs.get(), person, hash);
            } else {
              make(handle, tenant, person, newcomers.made(), hash);
            }
          }
          return hash;
        });
  }

  /// Of several with one address nobody can say whose they are.
  private static Optional<Account> linkable(Handle handle, TenantId tenant, VouchedPerson person) {
    return email(person)
        .map(email -> OidcIdentities.withEmail(handle, tenant, email.text(), person.issuer()))
        .filter(accounts -> accounts.size() == 1)
        .map(List::getFirst);
  }

  private void link(
      Handle handle, TenantId tenant, Account account, VouchedPerson person, String hash) {
    if (Users.locked(handle, tenant, account.id()).isEmpty()) {
      throw disabled();
    }
    Users.setPassword(handle, tenant, account, hash);
    int ended = Sessions.endAll(handle, tenant, account.id());
    OidcIdentities.add(handle, tenant, person, account.id());
    trail.linked(handle, tenant, account.id(), person.issuer(), ended);
  }

  private void make(
      Handle handle, TenantId tenant, VouchedPerson person, Newcomers.Account made, String hash) {
    Optional<Role> role =
        switch (made) {
          case NONE -> throw unknown();
          case WITHOUT_ROLE -> Optional.empty();
          case CUSTOMER -> Optional.of(Role.CUSTOMER);
        };
    Email email =
        email(person).orElseThrow(() -> refused("the provider does not tell your address of mail"));
    long user = named(handle, tenant, person, email);
    Users.addPassword(handle, tenant, user, hash);
    role.ifPresent(known -> Users.addRole(handle, tenant, user, known.code()));
    OidcIdentities.add(handle, tenant, person, user);
    trail.admitted(handle, tenant, user, role.map(Role::code).orElse(null), person.issuer());
  }

  /// An account under the first name that is free.
  private long named(Handle handle, TenantId tenant, VouchedPerson person, Email email) {
    String verified = person.isEmailVerified() ? email.text() : null;
    Username unlikely = new Username("user-" + HexFormat.of().formatHex(random()));
    return Stream.of(
            parsed(person.username(), Username::new),
            parsed(verified, Username::new),
            Optional.of(unlikely))
        .flatMap(Optional::stream)
        .map(name -> Users.add(handle, tenant, name, email, displayName(person, name)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new ProblemException(ProblemCode.BUSY, "no name was free; try again"));
  }

  private static DisplayName displayName(VouchedPerson person, Username username) {
    return parsed(person.name(), DisplayName::new)
        .orElseGet(() -> new DisplayName(username.text()));
  }

  private static Optional<Email> email(VouchedPerson person) {
    return parsed(person.email(), Email::new);
  }

  /// Empty: it is not of the form that it has here.
  private static <T> Optional<T> parsed(@Nullable String text, Function<String, T> type) {
    try {
      return Optional.ofNullable(text).map(type);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private byte[] random() {
    byte[] bytes = new byte[NAME_BYTES];
    randomness.nextBytes(bytes);
    return bytes;
  }

  private static ProblemException unknown() {
    return refused("no account here is yours; ask whoever runs the shop");
  }

  static ProblemException disabled() {
    return refused("your account may not log in any more");
  }

  private static ProblemException refused(String why) {
    return new ProblemException(ProblemCode.PERSON_REFUSED, why);
  }
}
