/// Takes away what is over and of no use to anybody: ended sessions, used invitations, kept answers
/// whose time has come ([io.holdfast.server.housekeeping.Housekeeper]).
@NullMarked
package io.holdfast.server.housekeeping;

import org.jspecify.annotations.NullMarked;
