/// Accounts: how people register, log in and out, and change their passwords
/// ([io.holdfast.server.account.DoorResource]). A name is claimed by the database before the slow
/// hash of its password is made ([io.holdfast.server.account.Registrations]), and an attempt to log
/// in is counted before it is made ([io.holdfast.server.account.Attempts]). Somebody whom a
/// provider of identities vouches for is let in by [io.holdfast.server.account.VouchedLogins].
@NullMarked
package io.holdfast.server.account;

import org.jspecify.annotations.NullMarked;
