/// Files of items, prices and stock: brought in line by line by whichever node is there
/// ([io.holdfast.server.transfer.ImportsResource], [io.holdfast.server.transfer.ImportWorker]), and
/// given out as one snapshot ([io.holdfast.server.transfer.ExportsResource]).
@NullMarked
package io.holdfast.server.transfer;

import org.jspecify.annotations.NullMarked;
