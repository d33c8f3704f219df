/// What a node does by itself, again and again ([io.holdfast.server.rounds.Rounds]).
@NullMarked
package io.holdfast.server.rounds;

import org.jspecify.annotations.NullMarked;
