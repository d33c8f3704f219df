package io.holdfast.server.limit;

import java.util.Optional;

/// What a node limits.
///
/// @param perKey empty: not limited
/// @param perUser empty: not limited
/// @param perAddress empty: not limited
/// @param isLoopbackLimited whether addresses of this machine are limited like others
/// @param perTenant empty: not limited
public record LimitSettings(
    Optional<Rate> perKey,
    Optional<Rate> perUser,
    Optional<Rate> perAddress,
    boolean isLoopbackLimited,
    Optional<TenantShare> perTenant) {}
