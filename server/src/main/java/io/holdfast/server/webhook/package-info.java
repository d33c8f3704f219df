/// Events that are sent to where a tenant wants them, signed, until they are taken
/// ([io.holdfast.server.webhook.WebhooksResource], [io.holdfast.server.webhook.Couriers]).
@NullMarked
package io.holdfast.server.webhook;

import org.jspecify.annotations.NullMarked;
