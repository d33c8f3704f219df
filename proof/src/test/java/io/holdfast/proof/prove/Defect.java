package io.holdfast.proof.prove;

/// What is wrong with a [FakeShop].
enum Defect {
  NONE,
  /// Reads and writes with a gap between.
  NO_LOCK,
  /// `>` where `>=` belongs.
  LAST_ONE_KEPT,
  /// Every attempt counts.
  KEY_IGNORED,
  /// A key may come with another request.
  KEY_UNBOUND,
  /// Says yes and forgets some.
  FORGETFUL,
  /// Says no, and does it anyway some time later.
  LATE_EFFECT,
  /// Takes the lines that there are and refuses the order.
  PARTIAL,
  /// Keeps only the first line of an order that it accepted.
  HALF_KEPT,
  /// A receipt writes what it has read and what came on top, and swallows what was sold between.
  RECEIPT_OVERWRITES,
  EXPIRES_EARLY,
  NEVER_EXPIRES,
  COMMITS_EXPIRED,
  /// Gives the stock of a committed reservation back when its time is up.
  EXPIRES_COMMITTED,
  /// Takes a number, and looks then whether there is stock.
  NUMBER_BEFORE_STOCK,
  /// Gives one number to two orders now and then.
  NUMBER_TWICE,
  /// Gives numbers out in another order than that of time.
  NUMBERS_IN_BLOCKS,
  /// Gives an event its position when it is written, and shows some of them later: whoever reads on
  /// has passed by.
  EVENT_SHOWN_LATE,
  /// Tells of orders that it has refused.
  EVENT_OF_WHAT_WAS_REFUSED,
  /// Does not tell of some orders.
  EVENT_MISSING,
  /// Tells of some orders twice.
  EVENT_TWICE,
  /// Tells that an order was placed when it has told what became of it.
  EVENTS_SWAPPED,
  /// Takes what a webhook did not accept for delivered.
  WEBHOOK_SENT_ONCE,
  /// Signs the body and nothing else.
  WEBHOOK_SIGNED_WRONG,
  /// Sends what comes next though what was before was not accepted yet.
  WEBHOOKS_OVERTAKE,
  /// Takes the money, and looks then whether there is stock.
  CHARGED_BEFORE_STOCK,
  /// Charges once more when it was not told that it has charged.
  CHARGED_AGAIN,
  /// Keeps what was paid for an order that has expired.
  LATE_PAYMENT_KEPT,
  /// Keeps what was paid for an order that was cancelled then.
  CANCELLED_AND_KEPT,
  /// Leaves a payment as it is when an answer was lost.
  LOST_ANSWER_LEFT,
  /// Takes what anybody says for what the provider says.
  EVENT_TAKEN_UNSIGNED,
  /// Looks whether a name is taken, and writes it with a gap between.
  NAME_LOOKED_UP,
  /// Takes every way to write a name for another name.
  NAMES_BY_LETTER,
  /// Says that a name is taken in a way that nobody can tell from a fault.
  NAME_TAKEN_IS_A_FAULT
}
