/// Concurrency controls: the ways in which read, decide, write is made atomic. They differ in how
/// requests come to a transaction and in the lock that it takes; what is decided in it is the same.
@NullMarked
package io.holdfast.stock.control;

import org.jspecify.annotations.NullMarked;
