/// The demonstration: three tenants with something in stock, the plain routes that flash-sale
/// systems offer, and the newcomer's page. Open without a credential, and therefore on loopback
/// only. Nothing else needs this package.
@NullMarked
package io.holdfast.server.demo;

import org.jspecify.annotations.NullMarked;
