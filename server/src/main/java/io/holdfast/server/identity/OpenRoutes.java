package io.holdfast.server.identity;

/// What a module answers without a credential. Everything that no module declares needs one.
public interface OpenRoutes {
  boolean isOpen(String path);
}
