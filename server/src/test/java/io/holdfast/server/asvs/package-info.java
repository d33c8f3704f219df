/// Holds the page that maps OWASP ASVS to tests: what it names has to be there.
@NullMarked
package io.holdfast.server.asvs;

import org.jspecify.annotations.NullMarked;
