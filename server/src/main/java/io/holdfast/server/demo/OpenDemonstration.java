package io.holdfast.server.demo;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Of a resource that exists only where the demonstration is open. [DemoRoutes] looks at addresses;
/// this holds whatever address a request came by.
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OpenDemonstration {}
