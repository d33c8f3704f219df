package io.holdfast.server.identity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Of a resource whose operations need no caller. Its addresses have to be declared by
/// [OpenRoutes], too: one looks at what was asked, the other at what would answer.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Open {}
