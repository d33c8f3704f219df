package io.holdfast.proof.checker;

/// What must hold.
public enum Invariant {
  I1("never oversold"),
  I2("never undersold"),
  I3("no lost update"),
  I4("exactly once per key"),
  I5("ledger = stock"),
  I6("nothing appears or vanishes"),
  I7("numbers without gaps, in order"),
  I9("nothing partial"),
  I10("acknowledged survives"),
  I11("refused stays refused"),
  I12("reservations end once, in time"),
  I13("told if and only if done, in order"),
  I19("works again within 10 s"),
  I20("within the limits of a customer"),
  I21("one account per name"),
  I22("charged once, and for stock");

  private final String words;

  Invariant(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
