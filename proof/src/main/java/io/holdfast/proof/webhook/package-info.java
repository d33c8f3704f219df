/// A receiver of webhooks that fails now and then, and the judgement of what it was sent.
@NullMarked
package io.holdfast.proof.webhook;

import org.jspecify.annotations.NullMarked;
