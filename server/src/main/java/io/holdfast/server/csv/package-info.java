/// Files for spreadsheets: one record after the other, RFC 4180.
@NullMarked
package io.holdfast.server.csv;

import org.jspecify.annotations.NullMarked;
