/// The rows that the bench makes by hand: stock to reserve, the raw limit, the loop of plain JDBC
/// it is held against, and a database that is full already.
@NullMarked
package io.holdfast.server.bench.rows;

import org.jspecify.annotations.NullMarked;
