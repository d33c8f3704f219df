package io.holdfast.server.account;

/// What becomes of people whom a provider vouches for the first time, as the operator has chosen.
/// Those for whom nothing is chosen are not let in.
///
/// @param areLinked whether they get the account that has their address, if the provider has
///   verified it
/// @param made the account that the others get
public record Newcomers(boolean areLinked, Account made) {

  public enum Account {
    NONE,
    /// One that may do nothing until somebody gives it a role.
    WITHOUT_ROLE,
    CUSTOMER
  }
}
