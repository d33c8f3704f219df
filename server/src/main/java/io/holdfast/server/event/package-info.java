/// What has happened, told to others: written in the transaction of what it tells of
/// ([io.holdfast.server.event.Outbox]), numbered once it can be seen
/// ([io.holdfast.server.event.Publisher]), and read in that order
/// ([io.holdfast.server.event.EventsResource]).
@NullMarked
package io.holdfast.server.event;

import org.jspecify.annotations.NullMarked;
