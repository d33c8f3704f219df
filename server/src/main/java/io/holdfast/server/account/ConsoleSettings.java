package io.holdfast.server.account;

import java.time.Duration;

/// @param idle how long a session of the console lives without being used
/// @param life how long it lives at most
public record ConsoleSettings(Duration idle, Duration life) {}
