/// What all pages share: how their files are served, and the files that are the same.
@NullMarked
package io.holdfast.server.page;

import org.jspecify.annotations.NullMarked;
