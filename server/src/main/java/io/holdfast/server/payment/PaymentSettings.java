package io.holdfast.server.payment;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.TenantId;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `payment_settings`: where a tenant's orders are paid, and what becomes of what is paid
/// too late.
record PaymentSettings(
    Provider provider,
    @Nullable SecretKey secretKey,
    @Nullable SecretKey webhookSecret,
    LatePayment latePayment,
    long version) {
  static final PaymentSettings USUAL =
      new PaymentSettings(Provider.MANUAL, null, null, LatePayment.REFUND, 0);

  static final String SETTINGS_READ =
      """
      SELECT provider, secret_key, webhook_secret, late_payment, version
      FROM holdfast.payment_settings WHERE tenant_id = ?
      """;

  static final String SETTINGS_CHOOSE =
      """
      INSERT INTO holdfast.payment_settings AS s
          (tenant_id, provider, secret_key, webhook_secret, late_payment, version)
      SELECT new.tenant_id, new.provider, coalesce(new.secret_key, o.secret_key),
          coalesce(new.webhook_secret, o.webhook_secret), new.late_payment, 1
      FROM (SELECT ?::bigint, ?::text, ?::text, ?::text, ?::text)
          AS new (tenant_id, provider, secret_key, webhook_secret, late_payment)
      LEFT JOIN holdfast.payment_settings o ON o.tenant_id = new.tenant_id
      WHERE coalesce(?::bigint, 0) = 0 OR o.tenant_id IS NOT NULL
      ON CONFLICT (tenant_id) DO UPDATE
      SET provider = excluded.provider,
          secret_key = coalesce(?::text, s.secret_key),
          webhook_secret = coalesce(?::text, s.webhook_secret),
          late_payment = excluded.late_payment, version = s.version + 1
      WHERE s.version = coalesce(?::bigint, s.version)
      """;

  private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{16,300}");

  /// Who is asked for the money.
  enum Provider {
    /// Nobody: somebody of the shop says that it was paid.
    MANUAL,
    STRIPE;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What becomes of a payment that is good only after the order has expired.
  enum LatePayment {
    RESERVE_AGAIN,
    REFUND;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static PaymentSettings read(Handle handle, TenantId tenant) {
    return handle
        .createQuery(SETTINGS_READ)
        .bind(0, tenant.value())
        .map(
            (row, _) ->
                new PaymentSettings(
                    Provider.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                    secret(row.getString(2)),
                    secret(row.getString(3)),
                    LatePayment.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                    row.getLong(5)))
        .findOne()
        .orElse(USUAL);
  }

  private static @Nullable SecretKey secret(@Nullable String text) {
    return text == null ? null : new SecretKey(text);
  }

  private static @Nullable String text(@Nullable SecretKey secret) {
    return secret == null ? null : secret.text();
  }

  /// Secrets that are not given stay as they are.
  ///
  /// @param seen null: whichever version there is
  /// @return false: it is another version by now
  static boolean choose(Handle handle, TenantId tenant, Choice choice, @Nullable Long seen) {
    return handle.execute(
            SETTINGS_CHOOSE,
            tenant.value(),
            choice.provider().code(),
            text(choice.secretKey()),
            text(choice.webhookSecret()),
            choice.latePayment().code(),
            seen,
            text(choice.secretKey()),
            text(choice.webhookSecret()),
            seen)
        == 1;
  }

  /// What was read of a request to choose.
  record Choice(
      Provider provider,
      @Nullable SecretKey secretKey,
      @Nullable SecretKey webhookSecret,
      LatePayment latePayment) {}

  @Schema(name = "NewPaymentSettings")
  record Wanted(
      @Schema(
              required = true,
              enumeration = {"manual", "stripe"})
          String provider,
      @Schema(
              minLength = 16,
              maxLength = 300,
              description = "sk_…; left out: the one that is there stays")
          @Nullable String secretKey,
      @Schema(
              minLength = 16,
              maxLength = 300,
              description =
                  "whsec_…, by which the provider's events are known; left out: the one that is"
                      + " there stays")
          @Nullable String webhookSecret,
      @Schema(
              enumeration = {"reserve_again", "refund"},
              defaultValue = "refund",
              description =
                  "what becomes of a payment that is good only after the order has expired;"
                      + " reserve_again needs the policy of the stock to say so, too")
          @Nullable String latePayment) {

    static Choice read(JsonMembers members) {
      members.only("provider", "secret_key", "webhook_secret", "late_payment");
      return new Choice(
          members.text("provider", text -> named(Provider.class, text)),
          members.optionalText("secret_key", Wanted::secret).orElse(null),
          members.optionalText("webhook_secret", Wanted::secret).orElse(null),
          members
              .optionalText("late_payment", text -> named(LatePayment.class, text))
              .orElse(LatePayment.REFUND));
    }

    private static SecretKey secret(String text) {
      if (!SECRET.matcher(text).matches()) {
        throw new IllegalArgumentException("must be 16 to 300 characters without spaces");
      }
      return new SecretKey(text);
    }

    private static <E extends Enum<E>> E named(Class<E> type, String text) {
      for (E each : type.getEnumConstants()) {
        if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
          return each;
        }
      }
      throw new IllegalArgumentException("is none of the words that can stand here");
    }
  }

  /// Ends the request if the provider could not be asked.
  void require(Choice choice) {
    if (choice.provider() == Provider.STRIPE && secretKey == null && choice.secretKey() == null) {
      throw new InvalidMember("secret_key", "is needed to ask stripe");
    }
  }

  /// A secret, as much of it as is told.
  @Schema(name = "SecretHint")
  record Hint(boolean isSet, @Schema(nullable = true) @Nullable String last) {
    static Hint of(@Nullable SecretKey secret) {
      return secret == null ? new Hint(false, null) : new Hint(true, SecretKey.last(secret.text()));
    }
  }

  /// @param version counts how often this was chosen; 0: never, and it is the usual one
  @Schema(name = "PaymentSettings")
  record Told(
      @Schema(enumeration = {"manual", "stripe"}) String provider,
      Hint secretKey,
      Hint webhookSecret,
      @Schema(enumeration = {"reserve_again", "refund"}) String latePayment,
      long version) {
    static Told of(PaymentSettings settings) {
      return new Told(
          settings.provider.code(),
          Hint.of(settings.secretKey),
          Hint.of(settings.webhookSecret),
          settings.latePayment.code(),
          settings.version);
    }
  }
}
