/// A tenant's own roles, put together from permissions ([io.holdfast.server.role.RolesResource]),
/// and what any of its roles gives ([io.holdfast.server.role.GivenRoles]).
@NullMarked
package io.holdfast.server.role;

import org.jspecify.annotations.NullMarked;
